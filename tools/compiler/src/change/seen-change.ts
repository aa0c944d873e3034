import type { Diagnostic } from '@fluxwright/diagnostics';
import type { ChangeDraft } from '@fluxwright/flux';

/** A change that somebody has to see, and what is said of it where the cluster does not acknowledge it. */
export interface SeenChange {
  readonly draft: ChangeDraft;
  readonly finding: Diagnostic;
}
