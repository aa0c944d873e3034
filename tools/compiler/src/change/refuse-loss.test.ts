import { cpSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readFolder } from '../../test/write/read-folder.ts';
import { compile } from '../compile.ts';
import { writeTree } from '../write/write-tree.ts';
import { changes } from './changes.ts';

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
  expect((await compile({ root })).diagnostics).toEqual([]);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function removeClaim(): void {
  rmSync(file('components/web/install/claim.yaml'));
}

test('a build that would lose data is refused, and the tree stays', async () => {
  const before = tree();
  removeClaim();
  const { clusters, diagnostics, sources } = await compile({ root });
  expect(diagnostics.map(({ code }) => code)).toEqual(['change/data-loss']);
  expect(clusters.map(({ built }) => built)).toEqual([false]);
  expect(sources.get(diagnostics[0]?.primary?.file ?? '')).toContain('pictures');
  expect(tree()).toEqual(before);
});

test('a loss that the cluster acknowledges is built', async () => {
  removeClaim();
  writeFileSync(
    file('clusters/one/cluster.yaml'),
    'apiVersion: fluxwright.dev/v1\nkind: Cluster\nmetadata: {name: one}\nspec: {provider: hetzner, dns: cloudflare, domain: one.example.com, acknowledge: [PersistentVolumeClaim/web/pictures]}\n',
  );
  expect((await compile({ root })).diagnostics).toEqual([]);
  expect(Object.keys(tree()).filter((path) => path.includes('claim'))).toEqual([]);
});

test('what a build writes does not depend on the tree that was there', async () => {
  removeClaim();
  renameSync(file('generated'), file('old'));
  expect((await compile({ root })).diagnostics).toEqual([]);
  const clean = tree();
  rmSync(file('generated'), { recursive: true });
  renameSync(file('old'), file('generated'));
  const { hold } = await changes({ root, cluster: 'one' });
  expect(hold).toBeDefined();
  if (hold !== undefined) expect(writeTree(file('generated'), hold, root).diagnostics).toEqual([]);
  expect(tree()).not.toEqual(clean);
  expect((await compile({ root })).diagnostics).toEqual([]);
  expect(tree()).toEqual(clean);
});

test('compiling in memory does not look at the disk', async () => {
  removeClaim();
  expect((await compile({ root, write: false })).diagnostics).toEqual([]);
});
