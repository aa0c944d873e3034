import { pullCharts } from '../src/pull-charts.ts';
import { updateCharts } from '../src/update-charts.ts';

/** Pulls or updates in a process of its own, which a test can kill. Usage: pull-in-child.ts <pull|update> <root> <CA file> */
const [verb, root = '', caFile = ''] = process.argv.slice(2);
const options = { root, caFile, environment: process.env, backoff: 1 };
process.stdout.write('begin\n');
const { diagnostics } = await (verb === 'update' ? updateCharts(options) : pullCharts(options));
process.stdout.write(`${JSON.stringify(diagnostics.map(({ code }) => code))}\n`);
