import type { ChartFacts } from '@fluxwright/model';
import type { RecordedRelease } from '../../data/recorded-release.ts';
import type { RenderedObject } from '../rendered-object.ts';

/** What was recorded of a component's chart, for one cluster. */
export interface RecordedChart {
  readonly facts: ChartFacts;
  /** What does not fit: facts of another chart, or of another release. Then they tell nothing. */
  readonly stale?: string;
  readonly release: RecordedRelease;
  readonly objects: readonly RenderedObject[];
}
