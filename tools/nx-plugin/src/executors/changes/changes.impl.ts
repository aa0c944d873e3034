import type { ChangeFormat } from '@fluxwright/flux';
import type { ExecutorContext } from '@nx/devkit';
import { clusterOfProject } from '../cluster-of-project.ts';
import { loadCompiler } from '../load-compiler.ts';
import { loadFlux } from '../load-flux.ts';
import { missingCharts } from '../missing-charts.ts';
import { printResult, refuse } from '../print-result.ts';
import { treeFrom } from '../tree-from.ts';

interface ChangesTask {
  readonly from?: string;
  /** Folder of packaged charts, from the root; charts/ by default. */
  readonly charts?: string;
  readonly format?: ChangeFormat;
}

/** Prints which objects the next build loses, moves or makes anew; fails where data would be lost that nobody acknowledged. */
export async function changesExecutor({ format = 'text', from, ...charts }: ChangesTask, context: ExecutorContext) {
  const { changes } = await loadCompiler();
  const { formatChangePlan } = await loadFlux();
  const { root } = context;
  const cluster = clusterOfProject(context, context.projectName ?? '') ?? '';
  const missing = missingCharts(root, charts.charts);
  if (missing !== undefined) return refuse(missing);
  const previous = from === undefined ? undefined : await treeFrom({ root, cluster, from });
  if (from !== undefined && previous === undefined) return { success: false };
  const { plan, ...found } = await changes({ root, cluster, ...charts, ...(previous && { previous }) });
  return printResult(plan && formatChangePlan(plan, format), found);
}
