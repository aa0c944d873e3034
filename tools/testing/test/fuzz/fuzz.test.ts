import path from 'node:path';
import { expect, it } from 'vitest';
import { inputKinds } from '../../src/fuzz/input-kind.ts';
import { makeMutant } from '../../src/fuzz/make-mutant.ts';
import { runFuzz } from '../../src/fuzz/run-fuzz.ts';
import { summarize } from '../../src/fuzz/summarize.ts';

const fixtures = path.join(import.meta.dirname, '../../fixtures');
const folders = [path.join(fixtures, 'workspace'), path.join(fixtures, 'fuzz')];

it('has a file of each kind, and finds nothing in the workspace it changes', async () => {
  const trials = await runFuzz({ folders, seed: 0, count: inputKinds.length, leaveGood: true });
  expect(new Set(trials.map(({ mutant }) => mutant.kind))).toEqual(new Set(inputKinds));
  expect(trials.flatMap(({ result }) => result.errors)).toEqual([]);
});

// A few of the many that scripts/fuzz.ts tries; the seed is the same each time, so that what fails here fails again.
it('answers each slip in each kind of file with findings that have a place and help', async () => {
  const trials = await runFuzz({ folders, seed: 1, count: 130 });
  const { thrown, hung, misplaced, helped, helpless, mutants, accepted } = summarize(trials);
  expect({ thrown, hung, misplaced }).toEqual({ thrown: [], hung: [], misplaced: [] });
  expect(helped, JSON.stringify(helpless)).toBeGreaterThanOrEqual(0.95);
  // Most slips are faults: else the mutations would change nothing that counts.
  expect(accepted / mutants).toBeLessThan(0.4);
});

it('gives the same mutants for a seed, and others for another', () => {
  const files = new Map([['values.yaml', [{ file: 'values.yaml', text: 'greeting: hello\nreplicas: 2\n' }]]] as const);
  const mutants = (seed: number) => Array.from({ length: 50 }, (_, number) => makeMutant(files, seed, number));
  expect(mutants(7)).toEqual(mutants(7));
  expect(mutants(8)).not.toEqual(mutants(7));
});
