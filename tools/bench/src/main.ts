import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { formatTable } from './format-table.ts';
import { growthExponent } from './growth-exponent.ts';
import { type FleetMeasurement, measureFleet } from './measure-fleet.ts';

/**
 * Measures the compile line on the sample clusters (the smallest fleet is a copy of them) and on fleets of 10, 100 and
 * 1,000 clusters; prints a table and writes reports/compile-bench.json. Usage: main.ts [size…]
 */
const root = resolve(import.meta.dirname, '../../..');
const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [2, 10, 100, 1000];
const fleets = sizes.map((size) => {
  process.stderr.write(`measuring ${size} clusters\n`);
  return measureFleet(root, size);
});
const exponent = growthExponent(
  fleets.filter(({ size }) => size >= 10).map(({ size, cold }) => ({ size, time: cold.processor })),
);
const machine = { node: process.version, cores: availableParallelism(), cpu: cpus()[0]?.model };
mkdirSync(join(root, 'reports'), { recursive: true });
writeFileSync(join(root, 'reports/compile-bench.json'), `${JSON.stringify({ machine, exponent, fleets }, null, 2)}\n`);
process.stdout.write(formatTable(rows(fleets)));
process.stdout.write(
  `\ngrowth from 10 clusters on: processor time ~ size^${exponent.toFixed(2)}; ${machine.cores} cores, Node ${machine.node}\n`,
);

function rows(all: readonly FleetMeasurement[]): string[][] {
  const stages = ['load', 'resolve', 'plan', 'render', 'validate', 'assemble', 'write'] as const;
  const row = (title: string, cell: (fleet: FleetMeasurement) => string): string[] => [title, ...all.map(cell)];
  return [
    row('clusters', ({ size }) => String(size)),
    row('objects', ({ cold }) => String(cold.objects)),
    row('files', ({ cold }) => String(cold.written)),
    ...stages.map((stage) => row(stage, ({ cold }) => seconds(cold.stages[stage] ?? 0))),
    row('cold, all stages', ({ cold }) => seconds(cold.total)),
    row('  processor time', ({ cold }) => seconds(cold.processor)),
    row('  a further cluster', ({ cold }) => milliseconds(cold.further?.cluster)),
    row('  one of its objects', ({ cold }) => milliseconds(cold.further?.object)),
    row('peak memory', ({ cold }) => `${Math.round(cold.peakMemory / 2 ** 20)} MiB`),
    row('cp -r of the output', ({ copy }) => seconds(copy)),
    row('again, nothing changed', ({ unchanged }) => seconds(unchanged.total)),
    row('one value changed', ({ oneChanged }) => seconds(oneChanged.total)),
    row('  with the start of Node', ({ oneChangedWall }) => seconds(oneChangedWall)),
  ];
}

function milliseconds(time: number | undefined): string {
  return time === undefined ? '' : `${time.toFixed(time < 10 ? 2 : 0)} ms`;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}
