import { recordFacts } from '@fluxwright/component-test';
import { type DiagnosticFormat, plainTable } from '@fluxwright/diagnostics';
import { sayProgress } from '../print/say-progress.ts';
import { printFindings } from './print-findings.ts';
import { replaceFile } from './replace-file.ts';

interface ChartFactsCommand {
  readonly root: string;
  /** [] for all that have a chart. */
  readonly components: readonly string[];
  readonly charts?: string;
  readonly format: DiagnosticFormat;
}

/** Writes chart.facts.yaml of components whose chart is at hand, and prints a line for each. One that was asked for by name and has none fails. */
export async function chartFactsCommand({ root, components, charts, format }: ChartFactsCommand): Promise<number> {
  const { recorded, diagnostics, sources } = await recordFacts({
    root,
    ...(components.length > 0 && { components }),
    ...(charts !== undefined && { charts }),
    onStart: (name) => sayProgress(`Trying the chart of ${name}`),
  });
  const rows = recorded.map(({ component, file, text, says }) => {
    if (file === undefined || text === undefined) return [component, 'not recorded', says];
    return [component, replaceFile(root, file, text) ? 'recorded' : 'unchanged', says];
  });
  if (format === 'text') process.stdout.write(plainTable(rows));
  const found = [...diagnostics, ...recorded.flatMap((each) => each.diagnostics)];
  const code = printFindings({ diagnostics: found, sources }, format);
  const isMissed = components.length > 0 && recorded.some(({ file }) => file === undefined);
  return isMissed ? 1 : code;
}
