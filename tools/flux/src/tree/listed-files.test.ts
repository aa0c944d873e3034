import { expect, test } from 'vitest';
import { entriesOf, isKustomizationFile } from './kustomization-file.ts';
import { listedFiles } from './listed-files.ts';

test.each(['resources', 'bases', 'components'])('Flux applies what a folder under %s holds', (field) => {
  const paths = ['apps/base/web.yaml', 'apps/base/other.yaml'];
  const lists = new Map([
    ['apps/prod', entriesOf({ [field]: ['../base'] })],
    ['apps/base', ['web.yaml']],
  ]);
  expect(listedFiles('apps/prod', { paths, lists })).toEqual(['apps/base/web.yaml']);
});

test('a folder without a kustomization file holds all below it, down to those that have one', () => {
  const paths = [
    'apps/a.yaml',
    'apps/README.md',
    'apps/web/b.yaml',
    'apps/web/c.yaml',
    'apps/db/deep/d.yaml',
    'z.yaml',
  ];
  const lists = new Map([['apps/web', ['b.yaml']]]);
  expect(listedFiles('apps', { paths, lists })).toEqual(['apps/a.yaml', 'apps/web/b.yaml', 'apps/db/deep/d.yaml']);
});

test('what is listed twice, by itself or outside of the tree ends', () => {
  const lists = new Map([
    ['a', ['../b', '../../x.yaml', 'https://example.com/x.yaml']],
    ['b', ['../a', 'b.yaml']],
  ]);
  expect(listedFiles('a', { paths: ['b/b.yaml'], lists })).toEqual(['b/b.yaml']);
});

test.each([
  ['kustomization.yaml', {}, true],
  ['apps/kustomization.yml', { kind: 'Component' }, true],
  ['apps/Kustomization', { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization' }, true],
  ['apps/list.yaml', { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization' }, false],
  ['kustomization.yaml', { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization' }, false],
  ['kustomization.yaml', { apiVersion: 'v1', kind: 'ConfigMap' }, false],
] as const)('%s with %j is a kustomization file: %s', (path, value, is) => {
  expect(isKustomizationFile(path, value)).toBe(is);
});
