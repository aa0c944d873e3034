import { type DiagnosticFormat, hasErrors } from '@fluxwright/diagnostics';
import {
  formatOutcome,
  formatSummary,
  outcomesJson,
  type PublishOptions,
  publishClusters,
} from '@fluxwright/publisher';
import { printResult } from '../print/print-result.ts';
import { sayProgress } from '../print/say-progress.ts';
import { printFindings } from './print-findings.ts';

interface PublishCommand extends Omit<PublishOptions, 'environment' | 'clusters' | 'onCluster'> {
  /** None means all. */
  readonly clusters: readonly string[];
  readonly format: DiagnosticFormat;
}

/** Publishes clusters, prints a line for each and a summary; 1 where one failed. */
export async function publishCommand({ clusters, format, ...options }: PublishCommand): Promise<number> {
  sayProgress('Proving the trees');
  const result = await publishClusters({
    ...options,
    ...(clusters.length === 0 ? {} : { clusters }),
    environment: process.env,
    onCluster: ({ cluster }, { done, total }) => sayProgress(`${cluster} (${done} of ${total})`),
  });
  if (format === 'json') {
    printResult(outcomesJson(result));
    return result.failed.length > 0 || hasErrors(result.diagnostics) ? 1 : 0;
  }
  printResult(`${result.outcomes.map(formatOutcome).join('')}${formatSummary(result)}`);
  return printFindings(result, format);
}
