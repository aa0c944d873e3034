import type { TaskFinding } from '../rendered-object.ts';
import type { RenderedStage } from '../rendered-stage.ts';

/** What a stage became. */
export interface Delivered {
  readonly stages: readonly RenderedStage[];
  readonly findings: readonly TaskFinding[];
}
