import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile } from '@fluxwright/compiler';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { recoverPair } from '../src/recover-pair.ts';
import { type PairWorkspace, pairWorkspace } from './pair-workspace.ts';
import { environment } from './publish-once.ts';

let workspace: PairWorkspace;
beforeEach(async () => {
  workspace = await pairWorkspace('https://git.example.com/fleet.git');
});
afterEach(() => workspace.remove());

/** The part that a cluster.yaml says. */
const said = (name: string): string => /disasterRecovery: (.*)/.exec(text(name))?.[1] ?? '';
const text = (name: string): string => readFileSync(join(workspace.root, `clusters/${name}/cluster.yaml`), 'utf8');

/** One call of the command, and the build after it. */
async function step(from: string, to: string, tokens: Readonly<Record<string, string>> = {}) {
  const made = await recoverPair({ command: 'switchover', root: workspace.root, from, to, tokens, environment });
  expect(made.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  for (const { path, text: next } of made.files) writeFileSync(join(workspace.root, path), next);
  const { clusters } = await compile({ root: workspace.root });
  expect(clusters.map(({ built }) => built)).toEqual([true, true]);
  return [made.step, said('north'), said('south')];
}

it('a switchover and the way back, each step built, give the texts that there were', async () => {
  const before = ['north', 'south'].map(text);
  expect(await step('north', 'south')).toEqual([
    'demote',
    '{peer: south, role: standby, switching: true}',
    '{peer: north, role: standby}',
  ]);
  expect(await step('north', 'south', { 'shop/db': 'last-word' })).toEqual([
    'promote',
    '{peer: south, role: standby}',
    '{peer: north, role: primary, tokens: {shop/db: last-word}}',
  ]);
  expect(await step('north', 'south')).toEqual([
    'settle',
    '{peer: south, role: standby}',
    '{peer: north, role: primary}',
  ]);
  expect((await step('north', 'south'))[0]).toBe('done');
  expect((await step('south', 'north'))[0]).toBe('demote');
  expect((await step('south', 'north'))[0]).toBe('promote');
  expect(['north', 'south'].map(text)).toEqual(before);
}, 180_000);
