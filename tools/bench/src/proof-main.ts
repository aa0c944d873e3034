import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { formatTable } from './format-table.ts';
import { growthExponent } from './growth-exponent.ts';
import { measureProof, type ProofMeasurement } from './measure-proof.ts';

/**
 * Measures proof, lint and simulation of a cluster of 70 components, warm, with once, twice and four times its objects; prints
 * a table and writes reports/proof-bench.json. Usage: proof-main.ts [runs]
 */
const root = resolve(import.meta.dirname, '../../..');
const runs = Number(process.argv[2] ?? 21);
const measured: ProofMeasurement[] = [];
for (const programs of [2, 4, 8]) measured.push(await measureProof({ components: 70, programs }, runs));
const exponent = growthExponent(measured.map(({ objects, total }) => ({ size: objects, time: total })));
mkdirSync(join(root, 'reports'), { recursive: true });
writeFileSync(join(root, 'reports/proof-bench.json'), `${JSON.stringify({ runs, exponent, measured }, null, 2)}\n`);
const row = (title: string, cell: (each: ProofMeasurement) => string): string[] => [title, ...measured.map(cell)];
const milliseconds = (key: 'prove' | 'simulate' | 'total' | 'fastest') => (each: ProofMeasurement) =>
  `${each[key].toFixed(1)} ms`;
process.stdout.write(
  formatTable([
    row('objects of 70 components', ({ objects }) => String(objects)),
    row('proof, lint, secrets', milliseconds('prove')),
    row('simulation', milliseconds('simulate')),
    row('together, median', milliseconds('total')),
    row('together, fastest', milliseconds('fastest')),
  ]),
);
process.stdout.write(`\ngrowth: time ~ objects^${exponent.toFixed(2)}, ${runs} runs each\n`);
