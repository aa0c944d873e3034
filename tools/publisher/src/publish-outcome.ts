import type { Diagnostic } from '@fluxwright/diagnostics';
import type { PublishTarget } from './target/publish-target.ts';

/** What became of one cluster. */
export interface PublishOutcome {
  readonly cluster: string;
  readonly target: PublishTarget;
  /** `unchanged`: the branch holds the tree already, and nothing was done. */
  readonly status: 'published' | 'unchanged' | 'failed';
  /** The commit that holds the tree; the tip it was found in where nothing was to do. */
  readonly commit?: string;
  readonly written: number;
  readonly removed: number;
  /** Address of the pull request, where there is one. */
  readonly pullRequest?: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** The outcome for a cluster that was not published. */
export function failedOutcome(
  cluster: string,
  target: PublishTarget,
  diagnostics: readonly Diagnostic[],
): PublishOutcome {
  return { cluster, target, status: 'failed', written: 0, removed: 0, diagnostics };
}
