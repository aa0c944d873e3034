import type { Staged } from '@fluxwright/diagnostics';
import type { ChartFactsSpec } from '../generated/chart-facts.ts';
import { chartFacts as validate } from '../generated/manifest-validators.js';
import { type RecordedFacts, readRecordedFacts } from './recorded-facts.ts';
import type { ComponentFile } from './workspace.ts';

/** Its name in the folder of a component. */
export const factsFile = 'chart.facts.yaml';

/** What the chart of a component makes, as it was recorded. */
export type ChartFacts = RecordedFacts<ChartFactsSpec>;

/** Reads the facts of a chart. No part of loadComponent: most commands do not look at them. What breaks schemas/chart-facts.schema.json is a finding. */
export function readChartFacts(file: ComponentFile): Staged<ChartFacts | undefined> {
  return readRecordedFacts('chart-facts', validate, file);
}
