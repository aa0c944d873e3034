import { cpSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readFolder } from '../../test/write/read-folder.ts';
import { changes } from '../commands/changes.ts';
import { type CompileResult, compile } from '../commands/compile.ts';
import { writeTree } from '../write/write-tree.ts';

const sample = resolve(import.meta.dirname, '../../../testing/fixtures/workspace');
let root: string;
const file = (path: string): string => join(root, path);
const tree = () => readFolder(file('generated/one'));
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'fluxwright-change-'));
  cpSync(sample, root, { recursive: true });
  writeFileSync(
    file('components/web/install/claim.yaml'),
    'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: pictures}\nspec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}\n',
  );
  expect(errorsOf(await compile({ root }))).toEqual([]);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function errorsOf({ diagnostics }: CompileResult): readonly string[] {
  return diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code);
}

function removeClaim(): void {
  rmSync(file('components/web/install/claim.yaml'));
}

test('a build that would lose data is refused, and the tree stays', async () => {
  const before = tree();
  removeClaim();
  const result = await compile({ root });
  const [loss] = result.diagnostics.filter(({ code }) => code === 'change/data-loss');
  expect(errorsOf(result)).toEqual(['change/data-loss']);
  expect(result.clusters.map(({ built }) => built)).toEqual([false]);
  expect(result.sources.get(loss?.primary?.file ?? '')).toContain('pictures');
  expect(tree()).toEqual(before);
});

test('a loss that the cluster acknowledges is built', async () => {
  removeClaim();
  writeFileSync(
    file('clusters/one/cluster.yaml'),
    'apiVersion: fluxwright.dev/v1\nkind: Cluster\nmetadata: {name: one}\nspec: {provider: hetzner, dns: cloudflare, domain: one.example.com, acknowledge: [PersistentVolumeClaim/web/pictures]}\n',
  );
  expect(errorsOf(await compile({ root }))).toEqual([]);
  expect(Object.keys(tree()).filter((path) => path.includes('claim'))).toEqual([]);
});

test('what a build writes does not depend on the tree that was there', async () => {
  removeClaim();
  renameSync(file('generated'), file('old'));
  expect(errorsOf(await compile({ root }))).toEqual([]);
  const clean = tree();
  rmSync(file('generated'), { recursive: true });
  renameSync(file('old'), file('generated'));
  const { hold } = await changes({ root, cluster: 'one' });
  expect(hold).toBeDefined();
  if (hold !== undefined) expect(writeTree(file('generated'), hold, root).diagnostics).toEqual([]);
  expect(tree()).not.toEqual(clean);
  expect(errorsOf(await compile({ root }))).toEqual([]);
  expect(tree()).toEqual(clean);
});

test('compiling in memory does not look at the disk', async () => {
  removeClaim();
  expect(errorsOf(await compile({ root, write: false }))).toEqual([]);
});
