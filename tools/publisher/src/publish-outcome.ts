import type { Diagnostic } from '@fluxwright/diagnostics';
import type { PublishStep } from './commit-message.ts';
import type { PublishTarget } from './target/publish-target.ts';

/** What became of one cluster. */
export interface PublishOutcome {
  readonly cluster: string;
  readonly target: PublishTarget;
  /**
   * `unchanged`: the branch, or the pull request, holds the tree already, and nothing was done. `declined`: a person has closed
   * the pull request for this very change.
   */
  readonly status: 'published' | 'unchanged' | 'declined' | 'failed';
  /** The commit that holds the tree; the tip it was found in where nothing was to do. */
  readonly commit?: string;
  readonly written: number;
  readonly removed: number;
  /** What the commit is for, where it does not bring the tree of the sources. */
  readonly step?: PublishStep;
  /** The commit with its failover tree, on top of the branch. */
  readonly failover?: string;
  /** Address of the pull request, where there is one. */
  readonly pullRequest?: string;
  readonly diagnostics: readonly Diagnostic[];
  /** Text of files in the branch that findings point into, by `branch:path`. */
  readonly sources?: ReadonlyMap<string, string>;
}

/** The outcome for a cluster that was not published. */
export function failedOutcome(
  cluster: string,
  target: PublishTarget,
  diagnostics: readonly Diagnostic[],
  sources: ReadonlyMap<string, string> = new Map(),
): PublishOutcome {
  return { cluster, target, status: 'failed', written: 0, removed: 0, diagnostics, sources };
}
