import { parentPort, workerData } from 'node:worker_threads';
import { openEngines } from '../../../compiler/src/engines/engines.ts';
import { makeRenderCache } from '../../../compiler/src/render/render-cache.ts';
import { type FuzzJob, inputFiles, restore } from './fuzz-job.ts';
import { makeMutant } from './make-mutant.ts';
import { tryMutant } from './try-mutant.ts';

// Runs mutants one after the other and says before each which it is, so that the parent can tell who hangs.
const { root, seed, from, to, leaveGood } = workerData as FuzzJob;
const files = inputFiles(root);
const engines = openEngines();
for (let number = from; number < to; number++) {
  const made = makeMutant(files, seed, number);
  const text = files.get(made.kind)?.find(({ file }) => file === made.file)?.text;
  const mutant = leaveGood ? { ...made, bytes: Buffer.from(text ?? '') } : made;
  const { bytes: _, ...about } = mutant;
  parentPort?.postMessage({ type: 'begin', mutant: about });
  const context = { cache: makeRenderCache(), engines, observe: <T>(_stage: string, work: () => T) => work() };
  const result = await tryMutant(root, mutant, context);
  restore(root, files, mutant);
  parentPort?.postMessage({ type: 'end', mutant: about, result });
}
process.exit();
