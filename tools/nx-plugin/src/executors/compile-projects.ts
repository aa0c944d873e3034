import type { ClusterResult } from '@fluxwright/compiler';
import { type DiagnosticFormat, formatDiagnostics, hasErrors } from '@fluxwright/diagnostics';
import type { ExecutorContext } from '@nx/devkit';
import { clusterOfProject } from './cluster-of-project.ts';
import { loadCompiler } from './load-compiler.ts';
import { missingCharts } from './missing-charts.ts';
import { cachedByNx, skipsCache } from './nx-cache.ts';
import { relatedFiles } from './related-files.ts';

/** Options that the executors build and validate share. */
export interface CompileOptions {
  readonly format?: DiagnosticFormat;
  /** Folder of packaged charts, from the root; charts/ by default. */
  readonly charts?: string;
}

/** A project to compile and how its findings are printed. */
export interface CompileTask {
  readonly project: string;
  /** Name of the target that runs. */
  readonly target: string;
  readonly format: DiagnosticFormat;
  readonly charts?: string;
}

/** What came of a task. */
export interface Outcome {
  readonly success: boolean;
  /** One line of facts, where there is a tree. */
  readonly summary: string;
  /** Printed findings: the cluster's own, and those of the files it is made of. */
  readonly findings: string;
}

/**
 * Compiles the clusters of some projects in this process: the catalogue is read once, and equal templates are rendered
 * once. Each task has an outcome of its own, in the order of the tasks.
 */
export async function compileProjects(
  tasks: readonly CompileTask[],
  how: { readonly context: ExecutorContext; readonly write: boolean },
): Promise<readonly Outcome[]> {
  const outcomes = new Map<CompileTask, Outcome>();
  for (const [charts, group] of Map.groupBy(tasks, (task) => task.charts)) {
    const made = await compileGroup(group, { ...how, ...(charts !== undefined && { charts }) });
    for (const [index, task] of group.entries()) outcomes.set(task, made[index] as Outcome);
  }
  return tasks.flatMap((task) => outcomes.get(task) ?? []);
}

interface Group {
  readonly context: ExecutorContext;
  readonly write: boolean;
  readonly charts?: string;
}

/** Tasks with one folder of charts, which are one run of the compiler. */
async function compileGroup(
  tasks: readonly CompileTask[],
  { context, write, charts }: Group,
): Promise<readonly Outcome[]> {
  const missing = missingCharts(context.root, charts) ?? cachedByNx(context, tasks);
  if (missing !== undefined) return tasks.map(() => ({ success: false, summary: '', findings: missing }));
  const names = tasks.map(({ project }) => clusterOfProject(context, project));
  const clusters = names.filter((name) => name !== undefined);
  // Without a name among them the task is that of the fleet, and means all clusters there are.
  const { compile, verdictFolder } = await loadCompiler();
  const run = await compile({
    root: context.root,
    cache: verdictFolder,
    look: !skipsCache(),
    write,
    ...(charts !== undefined && { charts }),
    ...(clusters.length < names.length ? {} : { clusters }),
  });
  const results = new Map(run.clusters.map((each) => [each.name, each]));
  return tasks.map(({ project, format }, index) => {
    const name = names[index];
    const result = results.get(name ?? '');
    const success = name === undefined ? !hasErrors(run.diagnostics) : result?.built === true;
    const isRelated = relatedFiles(context, project);
    const related = run.diagnostics.filter(({ cluster, primary }) =>
      cluster === undefined ? isRelated(primary?.file) : cluster === name,
    );
    // Whatever failed says why: where nothing related does, everything found is shown.
    const shown = name !== undefined && (success || hasErrors(related)) ? related : run.diagnostics;
    return {
      success,
      summary: result?.built ? summary(result) : '',
      findings: formatDiagnostics(shown, format, { sources: run.sources }),
    };
  });
}

function summary({ name, objects, unchecked, unseen, looked }: ClusterResult): string {
  const remarks = [...(unchecked.length === 0 ? [] : [`without a schema: ${unchecked.join(', ')}`]), ...unseen];
  const open = remarks.length === 0 ? '' : ` (${remarks.join('; ')})`;
  return `${name}: ${objects} objects${open}${looked ? ', nothing changed' : ''}\n`;
}
