import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { collectFindings } from '@fluxwright/diagnostics';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readFolder, readStats } from '../../test/write/read-folder.ts';
import { compile } from './compile.ts';

const sample = resolve(import.meta.dirname, '../../../testing/fixtures/workspace');
let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'fluxwright-compile-'));
  cpSync(sample, root, { recursive: true });
  for (const name of ['two', 'three']) addCluster(name, '');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test('every cluster becomes a tree', async () => {
  const result = await compile({ root });
  expect(result.diagnostics).toEqual([]);
  expect(result.clusters.map(({ name, built }) => ({ name, built }))).toEqual([
    { name: 'one', built: true },
    { name: 'three', built: true },
    { name: 'two', built: true },
  ]);
  expect(readdirSync(join(root, 'generated'))).toEqual(['one', 'three', 'two']);
  expect(Object.keys(readFolder(join(root, 'generated/one')))).toEqual([
    '.fluxwright.json',
    'components/web/install/configmap-page.yaml',
    'components/web/install/kustomization.yaml',
    'components/web/install/namespace-web.yaml',
    'flux-system/gitrepository-flux-system.yaml',
    'flux-system/kustomization-flux-system.yaml',
    'flux-system/kustomization.yaml',
    'kustomizations/kustomization.yaml',
    'kustomizations/web.yaml',
    'provenance.json',
  ]);
});

test('a second compile touches nothing', async () => {
  await compile({ root });
  const before = readStats(join(root, 'generated'));
  const again = await compile({ root });
  expect(again.clusters.map(({ write }) => write?.written)).toEqual([[], [], []]);
  expect(readStats(join(root, 'generated'))).toEqual(before);
});

test('without write nothing is touched, and findings are the same', async () => {
  const { clusters } = await compile({ root, write: false });
  expect(clusters.map(({ built, write }) => ({ built, write }))).toEqual(
    Array(3).fill({ built: true, write: undefined }),
  );
  expect(readdirSync(root)).not.toContain('generated');
});

test('a cluster with an error keeps the tree it has, and the others are built', async () => {
  await compile({ root });
  const before = readFolder(join(root, 'generated/two'));
  addCluster('two', '  values:\n    web: {replicas: 0}\n');
  addCluster('three', '  values:\n    web: {greeting: hi}\n');
  const { clusters, diagnostics } = await compile({ root });
  expect(clusters.map(({ name, built }) => [name, built])).toEqual([
    ['one', true],
    ['three', true],
    ['two', false],
  ]);
  expect(diagnostics.map(({ code, cluster }) => [code, cluster])).toEqual([['resolve/invalid-value', 'two']]);
  expect(readFolder(join(root, 'generated/two'))).toEqual(before);
  expect(readFolder(join(root, 'generated/three'))['components/web/install/configmap-page.yaml']).toContain(
    'greeting: hi',
  );
});

test('only the clusters that are asked for are compiled; an unknown one is a finding', async () => {
  const { clusters, diagnostics } = await compile({ root, clusters: ['two', 'tow'] });
  expect(clusters.map(({ name }) => name)).toEqual(['two']);
  expect(diagnostics.map(({ code, help }) => [code, help])).toEqual([
    ['resolve/unknown-cluster', 'did you mean "two"?'],
  ]);
});

test('progress is told after each cluster', async () => {
  const told: string[] = [];
  await compile({ root, onCluster: ({ name }, { done, total }) => told.push(`${name} ${done}/${total}`) });
  expect(told).toEqual(['one 1/3', 'three 2/3', 'two 3/3']);
});

test('what a build makes does not depend on which clusters it makes, in which order, or on what was built before', async () => {
  await compile({ root, output: 'clean' });
  const clean = readFolder(join(root, 'clean'));
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.shuffledSubarray(['one', 'two', 'three'], { minLength: 1 }), { maxLength: 3 }),
      async (runs) => {
        rmSync(join(root, 'other'), { recursive: true, force: true });
        for (const clusters of [...runs, ['three', 'two', 'one']]) await compile({ root, clusters, output: 'other' });
        expect(readFolder(join(root, 'other'))).toEqual(clean);
      },
    ),
    { numRuns: 5 },
  );
});

test('after any change of values a build on the old tree equals a clean build', async () => {
  const values = fc.record({
    greeting: fc.stringMatching(/^[ -~]{1,20}$/),
    replicas: fc.integer({ min: 1, max: 9 }),
    footer: fc.option(fc.string({ minLength: 1 })),
  });
  await fc.assert(
    fc.asyncProperty(values, async (web) => {
      addCluster('two', `  values: ${JSON.stringify({ web })}\n`);
      const { diagnostics } = await compile({ root });
      expect(diagnostics).toEqual([]);
      rmSync(join(root, 'clean'), { recursive: true, force: true });
      await compile({ root, output: 'clean' });
      expect(readFolder(join(root, 'generated'))).toEqual(readFolder(join(root, 'clean')));
    }),
    { numRuns: 8 },
  );
});

function addCluster(name: string, more: string): void {
  const text = readFileSync(join(sample, 'clusters/one/cluster.yaml'), 'utf8')
    .replace(/name: one$/m, `name: ${name}`)
    .replace('domain: one.', `domain: ${name}.`);
  mkdirSync(join(root, 'clusters', name), { recursive: true });
  writeFileSync(join(root, 'clusters', name, 'cluster.yaml'), text + more);
}

test('what is wrong in a file that all clusters share is said once for all of them', async () => {
  for (const name of ['four', 'five', 'six']) addCluster(name, '');
  const change = (file: string, from: string, to: string) =>
    writeFileSync(join(root, file), readFileSync(join(root, file), 'utf8').replace(from, to));
  const archive = '  choices:\n    archive:\n      options: {tape: {title: Tape}, disk: {title: Disk}}\n';
  change('products/platform/product.yaml', '  choices:\n', archive);
  change('clusters/defaults.yaml', 'spec:\n', 'spec:\n  choices: {archive: tape}\n');
  change('clusters/defaults.yaml', 'fleet.git}', 'fleet.git, path: all}');
  const { diagnostics } = await compile({ root });
  const found = collectFindings(diagnostics).map(({ diagnostic: { code }, clusters, alike }) => [
    code,
    [...clusters, ...alike].length,
  ]);
  expect(found).toEqual([
    ['fleet/shared-folder', 6],
    ['validate/idle-choice', 6],
  ]);
});
