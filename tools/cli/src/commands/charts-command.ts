import {
  type ChartsOptions,
  type ChartsResult,
  formatCharts,
  listCharts,
  pullCharts,
  updateCharts,
  verifyCharts,
} from '@fluxwright/charts';
import type { DiagnosticFormat } from '@fluxwright/diagnostics';
import { sayProgress } from '../print/say-progress.ts';
import { printFindings } from './print-findings.ts';

interface FetchCommand {
  readonly root: string;
  readonly caFile?: string;
  readonly idleSeconds?: number;
  readonly format: DiagnosticFormat;
}

interface PullCommand extends FetchCommand {
  readonly to: 'pulled' | 'vendored';
  readonly offline?: boolean;
}

/** Puts the charts of the lock to where builds look; prints a line for each. */
export function pullChartsCommand({ format, ...options }: PullCommand): Promise<number> {
  return withProgress(format, (shown) => pullCharts({ ...options, ...shown }));
}

/** Moves the lock and prints what changes. */
export function updateChartsCommand({ format, ...options }: FetchCommand): Promise<number> {
  return withProgress(format, (shown) => updateCharts({ ...options, ...shown }));
}

/** Holds the charts at hand against the lock. */
export function verifyChartsCommand({ root, format }: FetchCommand): number {
  return printResult(verifyCharts({ root }), format);
}

/** Prints which charts there are, and where. */
export function listChartsCommand({
  root,
  format,
}: {
  readonly root: string;
  readonly format: 'text' | 'json';
}): number {
  const { charts, ...findings } = listCharts({ root, environment: process.env });
  process.stdout.write(formatCharts(charts, format));
  return printFindings(findings, 'text');
}

async function withProgress(
  format: DiagnosticFormat,
  work: (shown: Pick<ChartsOptions, 'environment' | 'onDone'>) => Promise<ChartsResult>,
): Promise<number> {
  sayProgress('Reading the components');
  const result = await work({
    environment: process.env,
    onDone: (name, { done, total }) => sayProgress(`${name} (${done} of ${total})`),
  });
  return printResult(result, format);
}

function printResult({ lines, ...findings }: ChartsResult, format: DiagnosticFormat): number {
  if (format === 'text') process.stdout.write(lines.map((line) => `${line}\n`).join(''));
  return printFindings(findings, format);
}
