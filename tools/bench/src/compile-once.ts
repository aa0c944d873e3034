import { writeFileSync } from 'node:fs';
import { compile, type StageOfLine, verdictFolder } from '@fluxwright/compiler';

/**
 * One compile in a process of its own, so that its peak memory is its own.
 * Usage: compile-once.ts <workspace> <file for the measurement as JSON> [cluster…]
 */
export interface CompileMeasurement {
  /** Milliseconds of each stage over all clusters, and of the whole. */
  readonly stages: Readonly<Partial<Record<StageOfLine, number>>>;
  readonly total: number;
  /** Milliseconds of processor time of the process, start of Node included: what other work on the machine cannot stretch. */
  readonly processor: number;
  /** Of the process, in bytes. */
  readonly peakMemory: number;
  readonly clusters: number;
  readonly built: number;
  readonly objects: number;
  readonly written: number;
  readonly unchanged: number;
  readonly findings: readonly string[];
}

const [root = '', target = '', ...clusters] = process.argv.slice(2);
const stages: Partial<Record<StageOfLine, number>> = {};
const begin = performance.now();
const result = await compile({
  root,
  cache: verdictFolder,
  ...(clusters.length > 0 && { clusters }),
  observe: (stage, work) => {
    const start = performance.now();
    const value = work();
    const add = (): void => {
      stages[stage] = (stages[stage] ?? 0) + performance.now() - start;
    };
    if (value instanceof Promise) value.then(add, add);
    else add();
    return value;
  },
});
const measurement: CompileMeasurement = {
  stages,
  total: performance.now() - begin,
  processor: (process.cpuUsage().user + process.cpuUsage().system) / 1000,
  peakMemory: process.resourceUsage().maxRSS * 1024,
  clusters: result.clusters.length,
  built: result.clusters.filter(({ built }) => built).length,
  objects: sum(result.clusters.map(({ objects }) => objects)),
  written: sum(result.clusters.map(({ write }) => write?.written.length ?? 0)),
  unchanged: sum(result.clusters.map(({ write }) => write?.unchanged ?? 0)),
  findings: result.diagnostics.slice(0, 5).map(({ code, message }) => `${code}: ${message}`),
};
writeFileSync(target, JSON.stringify(measurement));

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
