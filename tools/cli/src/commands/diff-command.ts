import { diffClusters, formatPlan, type PlanFormat } from '@fluxwright/publisher';
import { printResult } from '../print/print-result.ts';
import { sayProgress } from '../print/say-progress.ts';
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
  sayProgress('Proving the trees');
  const result = await diffClusters({
    ...options,
    ...(clusters.length === 0 ? {} : { clusters }),
    environment: process.env,
    onCluster: (cluster) => sayProgress(`Compared ${cluster}`),
  });
  printResult(formatPlan(result.plans, format));
  return printFindings(result, 'text');
}
