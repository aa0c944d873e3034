import type { JsonObject } from '@fluxwright/documents';
import type { ChartFactsSpec } from '@fluxwright/model';
import { expect, test } from 'vitest';
import { recordedRelease } from './recorded-release.ts';

const facts = {
  chart: { repository: 'https://charts.example.com', name: 'shop', version: '1.0.0', digest: 'sha256:0' },
  release: { name: 'shop', namespace: 'shop' },
  case: 'defaults',
  kubernetes: '1.36',
  depends: [
    { objects: ['Deployment shop'], values: { '/replicas': 2, '/resources': {} }, absent: ['/extra'] },
    { existence: ['Role other/shop'], values: { '/rbac/create': true }, kubernetes: true },
    { existence: ['ServiceMonitor shop'], apiGroups: { 'monitoring.example.com': false } },
    { existence: ['*'], values: { '/fullname': '' } },
  ],
  free: ['/url'],
  objects: [
    { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'shop', namespace: 'shop' }, spec: { replicas: 2 } },
    { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'shop', namespace: 'other' } },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'shop', namespace: 'shop' },
      spec: { ports: [{ port: 80 }] },
    },
  ],
} satisfies ChartFactsSpec;
const values = { replicas: 2, resources: {}, rbac: { create: true }, fullname: '', url: 'https://a.example.com' };

/** What is sure, whether that is all, and what is given otherwise. */
function held(other: JsonObject, { kubernetes = '1.36', groups = [] as string[] } = {}) {
  const given = { values: { ...values, ...other }, kubernetes, apiGroups: new Set(groups) };
  const { objects, isWhole, differing } = recordedRelease(facts, given);
  return [objects.filter(({ isSure }) => isSure).map(({ object }) => object.kind), isWhole, differing];
}

const all = ['Deployment', 'Role', 'Service'];

test('what is given as it was, and what nothing depends on, leaves all facts as they are', () => {
  expect(held({})).toEqual([all, true, []]);
  expect(held({ url: 'https://b.example.com' })).toEqual([all, true, []]);
});

test('of an object that depends on something else its identity is left, and all objects are still known', () => {
  const others = ['Role', 'Service'];
  expect(held({ replicas: 3 })).toEqual([others, true, ['/replicas']]);
  expect(held({ resources: { requests: { cpu: '1' } } })).toEqual([
    others,
    true,
    ['/resources', '/resources/requests/cpu'],
  ]);
  expect(held({ extra: 'x' })).toEqual([others, true, ['/extra']]);
  const { objects } = recordedRelease(facts, {
    values: { ...values, replicas: 3 },
    kubernetes: '1.36',
    apiGroups: new Set(),
  });
  expect(objects[0]?.object).toEqual({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'shop', namespace: 'shop' },
  });
});

test('a further entry of a map counts as the others do, where these agree', () => {
  const users = { '/users/a/role': 'r', '/users/b/role': 'r' };
  const uid = { '/users/a/id': 1, '/other/a/id': 1 };
  const given = (values: JsonObject) => ({ values, kubernetes: '1.36', apiGroups: new Set<string>() });
  const release = (values: JsonObject) =>
    recordedRelease(
      { ...facts, depends: [{ objects: ['Service shop'], values: { ...users, ...uid } }], free: [] },
      given(values),
    );
  const two = { a: { role: 'r', id: 1 }, b: { role: 'r' } };
  const other = { a: { id: 1 } };
  expect([...release({ users: { ...two, c: { role: 'x' } }, other }).unsure]).toEqual(['Service shop']);
  expect([...release({ users: { ...two, c: { name: 'x' } }, other }).unsure]).toEqual(['*']);
});

test('where objects may come or go, they are not all known', () => {
  const others = ['Deployment', 'Service'];
  expect(held({ rbac: { create: false } })).toEqual([others, false, ['/rbac/create']]);
  expect(held({}, { kubernetes: '1.35' })).toEqual([others, false, ['Kubernetes 1.35']]);
  expect(held({}, { groups: ['monitoring.example.com'] })).toEqual([all, false, ['monitoring.example.com']]);
});

test('a value that is not known, and one that decides the names of all, leave nothing sure', () => {
  expect(held({ new: 1 })).toEqual([[], false, ['/new']]);
  expect(held({ fullname: 'web' })).toEqual([[], false, ['/fullname']]);
  expect(held({ url: { scheme: 'http' } })).toEqual([[], false, ['/url/scheme']]);
});
