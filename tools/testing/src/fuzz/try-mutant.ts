import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type LineContext, runLine } from '@fluxwright/compiler';
import { testComponent } from '@fluxwright/component-test';
import { collectFindings, type Diagnostic, formatCi, formatJson, formatText, linesOf } from '@fluxwright/diagnostics';
import { checkComponent, loadWorkspace } from '@fluxwright/model';
import type { Mutant } from './make-mutant.ts';

/** An error that a mutant gave, as the laws of the fuzz look at it. */
export interface MutantError {
  readonly code: string;
  readonly message: string;
  /** What is wrong with its place; absent where it has one that exists. */
  readonly misplaced?: string;
  readonly hasHelp: boolean;
  /** Points at the file that was changed, if only with a label. */
  readonly namesTheFile: boolean;
  /** Points at line 1, column 1. */
  readonly atTheStart: boolean;
}

/** Everything a mutant gave. */
export interface MutantResult {
  readonly errors: readonly MutantError[];
  /** What was thrown; bad input never throws. */
  readonly thrown?: string;
}

/** Puts the mutant into the workspace at `root`, runs load, the checks of components, the compile line and the tests, and takes it out again. */
export async function tryMutant(root: string, mutant: Mutant, context: LineContext): Promise<MutantResult> {
  const file = path.join(root, mutant.file);
  writeFileSync(file, mutant.bytes);
  try {
    const { diagnostics, sources } = await findingsOf(root, mutant, context);
    for (const format of [formatText, formatCi, formatJson]) format(diagnostics, { sources });
    const errors = collectFindings(diagnostics).filter(({ diagnostic }) => diagnostic.severity === 'error');
    return { errors: errors.map(({ diagnostic }) => judge(diagnostic, mutant, sources)) };
  } catch (error) {
    return { errors: [], thrown: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  } finally {
    rmSync(file, { force: true });
  }
}

async function findingsOf(root: string, { file, kind }: Mutant, context: LineContext) {
  const { value: workspace, diagnostics: loaded } = loadWorkspace(root);
  const sources = new Map(workspace.sources);
  const found: Diagnostic[] = [...loaded];
  for (const component of workspace.components.values()) {
    const isRead = file.startsWith(`${component.folder}/`) || kind === 'values.defs.json';
    if (isRead) found.push(...checkComponent(component));
  }
  for (const name of workspace.clusters.keys()) {
    found.push(...(await runLine(workspace, name, context)).diagnostics);
  }
  if (kind === 'component test') {
    for (const component of workspace.components.values()) {
      if (!file.startsWith(`${component.folder}/`)) continue;
      const { outcomes, sources: read } = await testComponent(workspace, component, context);
      for (const [name, text] of read) sources.set(name, text);
      found.push(...outcomes.flatMap(({ failures }) => failures));
    }
  }
  return { diagnostics: found, sources };
}

/** Codes about a file as a whole: that it is absent, of a wrong size, or of no use. */
const wholeFile: readonly string[] = ['load/missing-manifest', 'load/too-large', 'load/unreadable'];

function judge(each: Diagnostic, { file }: Mutant, sources: ReadonlyMap<string, string>): MutantError {
  const { primary, code, message, labels, help } = each;
  const misplaced = wholeFile.includes(code) && primary !== undefined ? undefined : placeFault(each, sources);
  return {
    code,
    message,
    ...(misplaced === undefined ? {} : { misplaced }),
    hasHelp: help !== undefined && help !== '',
    namesTheFile: [primary, ...labels.map(({ span }) => span)].some((span) => span?.file === file),
    atTheStart: primary?.start?.line === 1 && primary.start.column === 1,
  };
}

function placeFault({ primary }: Diagnostic, sources: ReadonlyMap<string, string>): string | undefined {
  if (primary === undefined) return 'no file';
  if (primary.start === undefined) return `no line in ${primary.file}`;
  const text = sources.get(primary.file);
  const { line, column } = primary.start;
  const lines = text === undefined ? undefined : linesOf(text);
  const written = lines?.[line - 1];
  if (lines !== undefined && (written === undefined || column > written.length + 1))
    return `${line}:${column} of ${primary.file}, which has ${lines.length} lines`;
  return undefined;
}
