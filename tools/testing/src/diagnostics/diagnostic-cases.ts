import { readdirSync } from 'node:fs';
import path from 'node:path';
import { casesBelow, type DiagnosticCase } from '@fluxwright/diagnostics/cases';

const fixtures = path.join(import.meta.dirname, '../../fixtures');
const rules = path.join(import.meta.dirname, '../../../flux/src/lint/rules');

/** The good workspace that the cases of `fixtures/diagnostics` lie over. */
export const goodWorkspace: string = path.join(fixtures, 'workspace');

/** The cases of every stage, those beside the rules of lint included. */
export function diagnosticCases(): readonly DiagnosticCase[] {
  const root = path.join(fixtures, 'diagnostics');
  const stages = readdirSync(root).sort();
  return [...stages.flatMap((stage) => casesBelow(path.join(root, stage), stage)), ...casesBelow(rules, 'lint')];
}
