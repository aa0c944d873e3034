import { diffClusters, formatPlan, type PlanFormat } from '@fluxwright/publisher';
import { printResult } from '../print-result.ts';
import { startProgress } from '../progress.ts';
import { printFindings } from './print-findings.ts';

interface DiffCommand {
  readonly root: string;
  /** None means all. */
  readonly clusters: readonly string[];
  readonly format: PlanFormat;
  readonly caFile?: string;
  readonly idleSeconds: number;
}

/** Prints what publishing would change; findings go to stderr. */
export async function diffCommand({ clusters, format, ...options }: DiffCommand): Promise<number> {
  const progress = startProgress('Proving the trees');
  const result = await diffClusters({
    ...options,
    ...(clusters.length === 0 ? {} : { clusters }),
    environment: process.env,
    onCluster: (cluster) => progress.at(`Compared ${cluster}`),
  }).finally(() => progress.stop());
  printResult(formatPlan(result.plans, format));
  return printFindings(result, 'text');
}
