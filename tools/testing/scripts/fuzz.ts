import path from 'node:path';
import { parseArgs } from 'node:util';
import { runFuzz, type Trial } from '../src/fuzz/run-fuzz.ts';
import { summarize } from '../src/fuzz/summarize.ts';

// Changes the input files of a workspace, one at a time, and prints what the compiler made of it; exit code 1 where a law
// is broken. --workspace fuzzes another workspace, e.g. this repository; one mutant again: --first 123 --count 1.
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    first: { type: 'string', default: '0' },
    count: { type: 'string', default: '6500' },
    workspace: { type: 'string' },
  },
});
const fixtures = path.join(import.meta.dirname, '../fixtures');
const folders =
  values.workspace === undefined
    ? [path.join(fixtures, 'workspace'), path.join(fixtures, 'fuzz')]
    : [path.resolve(values.workspace)];
const trials: Trial[] = [];
const finish = (): never => {
  const summary = summarize(trials);
  console.log(JSON.stringify(Number(values.count) === 1 ? trials : summary, null, 2));
  const { thrown, hung, misplaced, helped } = summary;
  process.exit(thrown.length + hung.length + misplaced.length > 0 || helped < 0.95 ? 1 : 0);
};
// Broken off, it tells what it has found so far.
process.on('SIGINT', finish);
await runFuzz({
  folders,
  seed: Number(values.seed),
  first: Number(values.first),
  count: Number(values.count),
  onMutant: (trial) => {
    trials.push(trial);
    if (trials.length % 100 === 0) process.stderr.write(`${trials.length} of ${values.count}\n`);
  },
});
finish();
