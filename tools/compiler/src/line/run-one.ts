import type { Diagnostic } from '@fluxwright/diagnostics';
import type { Line } from './open-line.ts';
import type { LineEnd, LineResult } from './run-line.ts';

/** `rendered` and `tree` as far as the cluster came; both are absent where there is none of that name. */
export interface RunOne extends Pick<LineResult, 'rendered' | 'tree'> {
  /** What load and the line have found. */
  readonly diagnostics: readonly Diagnostic[];
  /** Text of every file that was read, for printers. */
  readonly sources: ReadonlyMap<string, string>;
}

/** Runs the one cluster that a line was opened for. */
export async function runOne(line: Line, until: LineEnd): Promise<RunOne> {
  const { workspace, diagnostics, names } = line;
  const { sources } = workspace;
  const [name] = names;
  if (name === undefined) return { diagnostics, sources };
  const result = await line.run(name, until);
  return { ...result, diagnostics: [...diagnostics, ...result.diagnostics], sources };
}
