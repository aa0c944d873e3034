import type { SimulationFormat } from '@fluxwright/flux';
import type { ExecutorContext } from '@nx/devkit';
import { clusterOfProject } from '../cluster-of-project.ts';
import { loadCompiler } from '../load-compiler.ts';
import { loadFlux } from '../load-flux.ts';
import { missingCharts } from '../missing-charts.ts';
import { printResult, refuse } from '../print-result.ts';
import { treeFrom } from '../tree-from.ts';

interface SimulateTask {
  readonly from?: string;
  /** Folder of packaged charts, from the root; charts/ by default. */
  readonly charts?: string;
  readonly format?: SimulationFormat;
}

/** Prints what Flux does with the cluster's tree; fails where something never becomes ready. */
export async function simulateExecutor({ format = 'text', from, ...charts }: SimulateTask, context: ExecutorContext) {
  const { simulate } = await loadCompiler();
  const { formatSimulation } = await loadFlux();
  const { root } = context;
  const cluster = clusterOfProject(context, context.projectName ?? '') ?? '';
  const missing = missingCharts(root, charts.charts);
  if (missing !== undefined) return refuse(missing);
  const previous = from === undefined ? undefined : await treeFrom({ root, cluster, from });
  if (from !== undefined && previous === undefined) return { success: false };
  const { simulation, ...found } = await simulate({ root, cluster, ...charts, ...(previous && { previous }) });
  return printResult(simulation && formatSimulation(simulation, format), found);
}
