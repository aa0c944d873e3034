import { formatDiagnostics, hasErrors } from '@fluxwright/diagnostics';
import { diffClusters, formatPlan, type PlanFormat } from '@fluxwright/publisher';
import type { ExecutorContext } from '@nx/devkit';
import { clusterOfProject } from '../cluster-of-project.ts';
import { writeResult } from '../print-result.ts';

interface DiffTask {
  readonly format?: PlanFormat;
  readonly caFile?: string;
}

/** Prints what publishing the cluster would change; fails where that cannot be told. */
export async function diffExecutor({ format = 'text', ...options }: DiffTask, context: ExecutorContext) {
  const cluster = clusterOfProject(context, context.projectName ?? '');
  const result = await diffClusters({
    ...options,
    root: context.root,
    ...(cluster !== undefined && { clusters: [cluster] }),
    environment: process.env,
  });
  writeResult(formatPlan(result.plans, format));
  process.stderr.write(formatDiagnostics(result.diagnostics, 'text', { sources: result.sources }));
  return { success: !hasErrors(result.diagnostics) };
}
