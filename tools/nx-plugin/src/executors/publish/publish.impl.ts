import { type DiagnosticFormat, formatDiagnostics, hasErrors } from '@fluxwright/diagnostics';
import { formatOutcome, formatSummary, publishClusters } from '@fluxwright/publisher';
import type { ExecutorContext, TaskGraph } from '@nx/devkit';
import type { BatchExecutorTaskResult } from '@nx/devkit/internal';
import { clusterOfProject } from '../cluster-of-project.ts';
import { writeResult } from '../print-result.ts';

interface PublishTask {
  readonly mode?: 'push' | 'pull-request';
  readonly labels?: readonly string[];
  readonly reviewers?: readonly string[];
  readonly migrate?: boolean;
  readonly reopen?: boolean;
  readonly adopt?: boolean;
  readonly createBranch?: boolean;
  readonly forge?: string;
  readonly caFile?: string;
  readonly format?: DiagnosticFormat;
}

/** Publishes the cluster, or for the project `clusters` all of them; fails where one could not be. */
export async function publishExecutor(options: PublishTask, context: ExecutorContext) {
  const cluster = clusterOfProject(context, context.projectName ?? '');
  const result = await publish(context.root, cluster === undefined ? undefined : [cluster], options);
  writeResult(result.outcomes.map(formatOutcome).join(''));
  process.stderr.write(formatDiagnostics(result.diagnostics, options.format ?? 'text', { sources: result.sources }));
  return { success: result.failed.length === 0 && !hasErrors(result.diagnostics) };
}

/** The same for all clusters of a run, in one process: those of different repositories side by side. */
export async function* publishBatch(
  taskGraph: TaskGraph,
  options: Readonly<Record<string, PublishTask>>,
  overrides: PublishTask,
  context: ExecutorContext,
): AsyncGenerator<BatchExecutorTaskResult> {
  const tasks = Object.values(taskGraph.tasks).map(({ id, target }) => ({
    id,
    cluster: clusterOfProject(context, target.project) ?? '',
  }));
  const first = tasks[0] === undefined ? {} : options[tasks[0].id];
  const result = await publish(
    context.root,
    tasks.map(({ cluster }) => cluster),
    { ...first, ...overrides },
  );
  process.stderr.write(formatSummary(result));
  for (const { id, cluster } of tasks) {
    const outcome = result.outcomes.find((each) => each.cluster === cluster);
    const own = result.diagnostics.filter((each) => each.cluster === undefined || each.cluster === cluster);
    const findings = formatDiagnostics(own, options[id]?.format ?? 'text', { sources: result.sources });
    const success = outcome !== undefined && outcome.status !== 'failed' && !hasErrors(own);
    const line = outcome === undefined ? `${cluster}: failed\n` : formatOutcome(outcome);
    yield { task: id, result: { success, terminalOutput: `${line}${findings}` } };
  }
}

function publish(root: string, clusters: readonly string[] | undefined, { format: _, ...options }: PublishTask) {
  return publishClusters({
    mode: 'push',
    ...options,
    root,
    ...(clusters && { clusters }),
    environment: process.env,
    onCluster: ({ cluster, status }, { done, total }) => {
      process.stderr.write(`[${done}/${total}] ${cluster} ${status}\n`);
    },
  });
}
