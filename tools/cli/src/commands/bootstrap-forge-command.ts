import { type BootstrapOptions, bootstrapForges } from '@fluxwright/publisher';
import { printResult } from '../print/print-result.ts';
import { printFindings } from './print-findings.ts';

interface BootstrapForgeCommand extends Omit<BootstrapOptions, 'environment' | 'clusters'> {
  /** None means all. */
  readonly clusters: readonly string[];
}

/** Makes what forges lack and prints a line for each thing. */
export async function bootstrapForgeCommand({ clusters, ...options }: BootstrapForgeCommand): Promise<number> {
  const result = await bootstrapForges({
    ...options,
    ...(clusters.length === 0 ? {} : { clusters }),
    environment: process.env,
  });
  printResult(result.steps.map(({ action, what }) => `${action} ${what}\n`).join(''));
  return printFindings(result, 'text');
}
