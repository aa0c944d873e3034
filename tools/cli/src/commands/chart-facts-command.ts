import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type FactsFile, recordFacts } from '@fluxwright/component-test';
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

/** Writes the facts of components whose chart or source is at hand, and prints a line for each. One that was asked for by name and has none fails. */
export async function chartFactsCommand({ root, components, charts, format }: ChartFactsCommand): Promise<number> {
  const { recorded, diagnostics, sources } = await recordFacts({
    root,
    ...(components.length > 0 && { components }),
    ...(charts !== undefined && { charts }),
    onStart: (name) => sayProgress(`Trying the chart of ${name}`),
  });
  const rows = recorded.map(({ component, files, says }) => {
    if (files.length === 0) return [component, 'not recorded', says];
    const changed = files.filter((each) => placeFacts(root, each));
    return [component, changed.length > 0 ? 'recorded' : 'unchanged', says];
  });
  if (format === 'text') process.stdout.write(plainTable(rows));
  const found = [...diagnostics, ...recorded.flatMap((each) => each.diagnostics)];
  const code = printFindings({ diagnostics: found, sources }, format);
  const isMissed = components.length > 0 && recorded.some(({ files }) => files.length === 0);
  return isMissed ? 1 : code;
}

/** Writes a file of facts, or removes one that should not be there; true where that changes something. */
function placeFacts(root: string, { file, text }: FactsFile): boolean {
  if (text !== undefined) return replaceFile(root, file, text);
  const path = join(root, file);
  const isThere = existsSync(path);
  if (isThere) rmSync(path);
  return isThere;
}
