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
  /**
   * Milliseconds of processor time of one more cluster, and of one of its objects: the mean of the second half, when all that clusters
   * share is made. Absent for a fleet too small for that.
   */
  readonly further?: { readonly cluster: number; readonly object: number };
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
const half: { processor?: number; objects: number; clusters: number } = { objects: 0, clusters: 0 };
const begin = performance.now();
const result = await compile({
  root,
  cache: verdictFolder,
  ...(clusters.length > 0 && { clusters }),
  onCluster: ({ objects }, { done, total }) => {
    if (half.processor !== undefined) {
      half.objects += objects;
      half.clusters += 1;
    }
    if (total >= 10 && done === Math.ceil(total / 2)) half.processor = processorTime();
  },
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
  processor: processorTime(),
  ...furtherCost(),
  peakMemory: process.resourceUsage().maxRSS * 1024,
  clusters: result.clusters.length,
  built: result.clusters.filter(({ built }) => built).length,
  objects: sum(result.clusters.map(({ objects }) => objects)),
  written: sum(result.clusters.map(({ write }) => write?.written.length ?? 0)),
  unchanged: sum(result.clusters.map(({ write }) => write?.unchanged ?? 0)),
  findings: result.diagnostics.slice(0, 5).map(({ code, message }) => `${code}: ${message}`),
};
writeFileSync(target, JSON.stringify(measurement));

function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function furtherCost(): Pick<CompileMeasurement, 'further'> {
  const { processor, clusters, objects } = half;
  if (processor === undefined || clusters === 0 || objects === 0) return {};
  const spent = processorTime() - processor;
  return { further: { cluster: spent / clusters, object: spent / objects } };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
