import { type ClusterResult, compile } from '@fluxwright/compiler';
import { type DiagnosticFormat, formatDiagnostics, hasErrors } from '@fluxwright/diagnostics';
import type { ExecutorContext, TaskGraph } from '@nx/devkit';
import { clusterOfProject } from './cluster-of-project.ts';

/** Options that the executors build and validate share. */
export interface CompileOptions {
  readonly format?: DiagnosticFormat;
}

/** What Nx wants to know of a task of a batch. */
interface TaskOutcome {
  readonly success: boolean;
  readonly terminalOutput: string;
}

/** Runs one task in this process and prints what it found. */
export function compileTask(
  options: CompileOptions,
  context: ExecutorContext,
  write: boolean,
): { readonly success: boolean } {
  const cluster = clusterOfProject(context, context.projectName ?? '');
  const run = compile({ root: context.root, write, ...(cluster === undefined ? {} : { clusters: [cluster] }) });
  const diagnostics = [...run.diagnostics, ...run.clusters.flatMap((each) => each.diagnostics)];
  process.stdout.write(run.clusters.map(summary).join(''));
  const findings = formatDiagnostics(diagnostics, options.format ?? 'text', { sources: run.sources });
  (options.format === undefined || options.format === 'text' ? process.stderr : process.stdout).write(findings);
  return { success: !hasErrors(diagnostics) };
}

/** Runs all tasks of a batch in this process: the catalogue is read once, and equal templates are rendered once. */
export function compileBatch(
  taskGraph: TaskGraph,
  options: Readonly<Record<string, CompileOptions>>,
  batch: { readonly context: ExecutorContext; readonly write: boolean },
): Record<string, TaskOutcome> {
  const clusters = new Map(
    Object.values(taskGraph.tasks).map((task) => [task.id, clusterOfProject(batch.context, task.target.project) ?? '']),
  );
  const run = compile({ root: batch.context.root, write: batch.write, clusters: [...new Set(clusters.values())] });
  const results = new Map(run.clusters.map((each) => [each.name, each]));
  return Object.fromEntries(
    [...clusters].map(([task, cluster]) => [
      task,
      outcome(results.get(cluster), { format: options[task]?.format ?? 'text', sources: run.sources }),
    ]),
  );
}

function outcome(
  result: ClusterResult | undefined,
  print: { readonly format: DiagnosticFormat; readonly sources: ReadonlyMap<string, string> },
): TaskOutcome {
  if (result === undefined)
    return { success: false, terminalOutput: 'internal error: the compiler forgot this cluster\n' };
  const findings = formatDiagnostics(result.diagnostics, print.format, { sources: print.sources });
  return { success: !hasErrors(result.diagnostics), terminalOutput: `${summary(result)}${findings}` };
}

/** Facts that stay true when Nx prints the text again from its cache: no count of written files. */
function summary({ name, tree }: ClusterResult): string {
  return tree === undefined ? '' : `${name}: ${tree.files.length} files\n`;
}
