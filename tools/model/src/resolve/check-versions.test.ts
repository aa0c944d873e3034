import { expect, test } from 'vitest';
import { cluster, component, writeWorkspace } from '../../test/write-workspace.ts';
import { loadWorkspace } from '../load/load-workspace.ts';
import { resolveCluster } from './resolve-cluster.ts';

const chart = (version: string) => ({ helm: { repository: 'https://charts.example.com', chart: 'c', version } });
const source = 'its notes';

/** What is found of a cluster with Kubernetes 1.36 and Flux 2.9 that has `web`, and beside it `routes`. */
function found(supports: object, routes: object = {}): readonly string[] {
  const { value } = loadWorkspace(
    writeWorkspace({
      ...cluster('one', { components: ['web', 'routes'] }),
      ...component('web', { ...chart('v1.20.0'), supports }),
      ...component('routes', routes),
    }),
  );
  return resolveCluster(value, 'one').diagnostics.map(({ code, message }) => `${code}: ${message}`);
}

const misfit = (rest: string) => [`resolve/version-misfit: component "web" 1.20.0 works with ${rest}`];

test.each([
  ['>=1.33 <1.37', []],
  ['1.36', []],
  ['^1.36.2', []],
  ['*', []],
  ['>=1.33 <1.36', misfit('Kubernetes >=1.33 <1.36, and the cluster has Kubernetes 1.36')],
  ['>=1.37', misfit('Kubernetes >=1.37, and the cluster has Kubernetes 1.36')],
])('a minor fits %s where some patch release of it does', (versions, findings) => {
  expect(found({ kubernetes: { versions, source } })).toEqual(findings);
});

test('Flux is held like Kubernetes', () => {
  expect(found({ flux: { versions: '>=2.2 <2.10', source } })).toEqual([]);
  expect(found({ flux: { versions: '>=2.2 <2.9', source } })).toEqual(
    misfit('Flux >=2.2 <2.9, and the cluster has Flux 2.9'),
  );
});

test('what is used though its authors do not name it fits, with its reason', () => {
  expect(found({ kubernetes: { versions: '<1.36', source, also: { versions: '1.36', because: 'tried' } } })).toEqual(
    [],
  );
});

test.each<readonly [string, object, readonly string[]]>([
  ['the version of its chart', chart('1.6.1'), []],
  ['an older one', chart('1.5.1'), misfit('routes >=1.6.1 <2, and the cluster has routes 1.5.1')],
  ['its own release before that of its chart', { ...chart('0.1.0'), release: 'v1.7.0' }, []],
  ['a tag', { source: { git: 'https://git.example.com/r', ref: { tag: 'v1.6.1' }, path: './c' } }, []],
  [
    'a commit says no release',
    { source: { git: 'https://git.example.com/r', ref: { commit: 'a'.repeat(40) }, path: './c' } },
    misfit('routes >=1.6.1 <2, and the cluster has no known release of routes'),
  ],
  [
    'a release candidate is none yet',
    chart('1.7.0-rc.1'),
    misfit('routes >=1.6.1 <2, and the cluster has routes 1.7.0-rc.1'),
  ],
])('the release of another component: %s', (_what, routes, findings) => {
  expect(found({ components: [{ name: 'routes', versions: '>=1.6.1 <2', source }] }, routes)).toEqual(findings);
});

test('a component that does not exist is a warning, as it is held against nothing', () => {
  expect(found({ components: [{ name: 'ruotes', versions: '>=1', source }] })).toEqual([
    'resolve/unknown-predecessor: component "web" names versions of the component "ruotes", which does not exist',
  ]);
});

test('what is no range is said', () => {
  expect(found({ kubernetes: { versions: '1.33 to 1.36', source } })).toEqual([
    'load/invalid-value: "1.33 to 1.36" in components/web/component.yaml is no range of versions',
  ]);
});
