import type { LedgerFormat } from '@fluxwright/compiler';
import type { ExecutorContext } from '@nx/devkit';
import { clusterOfProject } from '../cluster-of-project.ts';
import { loadCompiler } from '../load-compiler.ts';
import { missingCharts } from '../missing-charts.ts';
import { printResult, refuse } from '../print-result.ts';

interface CapacityTask {
  readonly format?: LedgerFormat;
  readonly charts?: string;
}

/** Prints what the cluster asks of its nodes; fails where that is over budget. */
export async function capacityExecutor({ format = 'text', ...asked }: CapacityTask, context: ExecutorContext) {
  const missing = missingCharts(context.root, asked.charts);
  if (missing !== undefined) return refuse(missing);
  const { capacity, formatLedger } = await loadCompiler();
  const cluster = clusterOfProject(context, context.projectName ?? '') ?? '';
  const { ledger, ...found } = await capacity({ ...asked, root: context.root, cluster });
  return printResult(ledger && formatLedger[format](ledger), found);
}
