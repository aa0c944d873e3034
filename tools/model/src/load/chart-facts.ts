import type { Staged } from '@fluxwright/diagnostics';
import { parseYaml, remember, type SourceDocument } from '@fluxwright/documents';
import type { ChartFactsSpec } from '../generated/chart-facts.ts';
import { chartFacts as validate } from '../generated/manifest-validators.js';
import { schemaDiagnostics } from './manifest.ts';
import type { ComponentFile } from './workspace.ts';

/** Its name in the folder of a component. */
export const factsFile = 'chart.facts.yaml';

/** What the chart of a component makes, as it was recorded, with the lines that say so. */
export interface ChartFacts {
  readonly document: SourceDocument;
  readonly spec: ChartFactsSpec;
}

/** Reads the facts of a chart. No part of loadComponent: most commands do not look at them. What breaks schemas/chart-facts.schema.json is a finding. */
export function readChartFacts({ file, text }: ComponentFile): Staged<ChartFacts | undefined> {
  return remember('chart-facts', file, text, (): Staged<ChartFacts | undefined> => {
    const { value: document, diagnostics } = parseYaml(file, text);
    if (document === undefined) return { value: undefined, diagnostics };
    if (!validate(document.value))
      return { value: undefined, diagnostics: schemaDiagnostics(document, validate.errors ?? []) };
    const { spec } = document.value as unknown as { spec: ChartFactsSpec };
    return { value: { document, spec }, diagnostics };
  });
}
