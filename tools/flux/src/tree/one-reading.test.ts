import { expect, test } from 'vitest';
import { fluxTree } from './read-files.ts';

const node = (name: string, spec: string, namespace = 'flux-system') =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: ${name}, namespace: ${namespace}}\nspec: {${spec}}\n`;
const repository = (name: string, url: string) =>
  `apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: ${name}, namespace: flux-system}\nspec: {url: "${url}"}\n`;
const config = (name: string, namespace = ', namespace: shop') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}${namespace}}\n`;

function read(files: Readonly<Record<string, string>>) {
  const texts = Object.entries(files).map(([path, text]) => ({ path, text }));
  return fluxTree(texts, { cluster: 'one', shown: 'one' });
}

const root = node('flux-system', 'path: ./clusters/one, sourceRef: {kind: GitRepository, name: flux-system}');

test('a path is clean, whoever wrote it: the root of a source is the empty one, and none leads out of it', () => {
  const paths = ['./', '.', '/', '', '../..', './apps/', 'apps/../web', '/apps'];
  const tree = read(
    Object.fromEntries(
      paths.map((path, at) => [`${at}.yaml`, node(`n${at}`, `path: "${path}", sourceRef: {kind: Bucket, name: x}`)]),
    ),
  );
  expect([...tree.nodes.values()].map(({ folder }) => folder)).toEqual(['', '', '', '', '', 'apps', 'web', 'apps']);
});

test('another repository is another source, also where its folders have the names of ours', () => {
  const other = 'path: ./apps, sourceRef: {kind: GitRepository, name: upstream}';
  const files = {
    'apps/config.yaml': config('own'),
    'flux-system/sync.yaml': [
      node('flux-system', 'path: ./, sourceRef: {kind: GitRepository, name: flux-system}'),
      node('apps', 'path: ./apps, sourceRef: {kind: GitRepository, name: flux-system}'),
      node('upstream', other),
      repository('flux-system', 'ssh://git@git.example.com/fleet.git'),
    ].join('---\n'),
  };
  const sources = (url: string) => [
    ...read({ ...files, 'upstream.yaml': repository('upstream', url) }).objectsOf.keys(),
  ];
  expect(sources('https://git.example.com/upstream.git')).toEqual(['flux-system/apps', 'flux-system/flux-system']);
  // The same repository by another way is ours.
  expect(sources('https://other@git.example.com/fleet')).toContain('flux-system/upstream');
  // Of a source that is not in the tree its folders are all there is to go by.
  expect([...read(files).objectsOf.keys()]).toContain('flux-system/upstream');
});

test('no namespace and an empty one are one: neither says where the object lives', () => {
  const tree = read({ 'a.yaml': config('a', ''), 'b.yaml': config('b', ', namespace: ""') });
  expect(tree.objects.map(({ namespace }) => namespace)).toEqual([undefined, undefined]);
  expect(tree.objects.every((each) => !('namespace' in each))).toBe(true);
});

test('a list of resources is a kustomization file by its name alone, and bases are resources', () => {
  const tree = read({
    'clusters/one/flux-system/sync.yaml': `${root}---\n${repository('flux-system', 'https://git.example.com/fleet')}`,
    'clusters/one/kustomization.yaml': 'bases: [../../apps]\nresources: [flux-system/sync.yaml]\n',
    'apps/kustomization.yaml': 'resources: [listed.yaml]\n',
    'apps/listed.yaml': config('listed'),
    'apps/other.yaml': config('other'),
  });
  expect(
    tree.objectsOf
      .get('flux-system/flux-system')
      ?.map(({ name }) => name)
      .sort(),
  ).toEqual(['flux-system', 'flux-system', 'listed']);
});
