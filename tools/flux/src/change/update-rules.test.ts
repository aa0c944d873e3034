import type { UpdateRules } from '@fluxwright/kubernetes';
import { loadSchemas } from '@fluxwright/kubernetes-schemas';
import { expect, test } from 'vitest';
import { sampleFluxTree } from '../../test/sample-tree-files.ts';
import { changeFindings } from './change-findings.ts';
import { planChange } from './plan-change.ts';

const updates: UpdateRules = {
  declared: new Map([
    [
      'postgresql.cnpg.io/Cluster',
      {
        neverChanges: ['spec.postgresUID'],
        neverShrinks: ['spec.storage.size', 'spec.tablespaces[].storage.size'],
        neverRemoved: ['spec.walStorage', 'spec.tablespaces[]'],
      },
    ],
  ]),
  schemaOf: loadSchemas({ kubernetesVersion: '1.36' }).schema,
};

const database = (spec: string): string =>
  `apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: {name: db, namespace: shop}\nspec: {instances: 2, ${spec}}\n`;
const backup = (cluster: string): string =>
  `apiVersion: postgresql.cnpg.io/v1\nkind: ScheduledBackup\nmetadata: {name: daily, namespace: shop}\nspec: {schedule: "0 0 0 * * *", cluster: {name: ${cluster}}}\n`;

function found(before: string, after: string): readonly string[] {
  const [old, now] = [before, after].map((text) => sampleFluxTree({ nodes: [{ name: 'web', objects: [text] }] }));
  if (old === undefined || now === undefined) throw new Error('two trees');
  const plan = planChange({ before: old, after: { ...now, updates } });
  return changeFindings(plan).map(({ code, message }) => `${code}: ${message}`);
}

test.each([
  ['a volume that shrinks', 'storage: {size: 10Gi}', 'storage: {size: 5Gi}', 'spec.storage.size'],
  [
    'one of several, whatever their order',
    'tablespaces: [{name: a, storage: {size: 2Gi}}, {name: b, storage: {size: 2Gi}}]',
    'tablespaces: [{name: b, storage: {size: 1Gi}}, {name: a, storage: {size: 2Gi}}]',
    'spec.tablespaces[1].storage.size',
  ],
  ['what changes', 'postgresUID: 26', 'postgresUID: 27', 'spec.postgresUID'],
  ['what is removed', 'walStorage: {size: 1Gi}', 'logLevel: info', 'spec.walStorage'],
  ['an item that is removed', 'tablespaces: [{name: a}, {name: b}]', 'tablespaces: [{name: b}]', 'spec.tablespaces[0]'],
])('an update of a custom object that its operator refuses is told: %s', (_, before, after, field) => {
  expect(found(database(before), database(after))).toEqual([
    `change/immutable-field: Cluster shop/db cannot become what the new tree says: Kubernetes refuses to change ${field}`,
  ]);
});

test.each([
  ['a volume that grows', 'storage: {size: 10Gi}', 'storage: {size: 10240Mi}'],
  ['a tablespace that is added before another', 'tablespaces: [{name: b}]', 'tablespaces: [{name: a}, {name: b}]'],
  ['what was not there before', 'logLevel: info', 'walStorage: {size: 1Gi}'],
])('one that it takes is not: %s', (_, before, after) => {
  expect(found(database(before), database(after))).toEqual([]);
});

test('a CEL rule of the definition that compares with what was there is run', () => {
  expect(found(backup('a'), backup('b'))).toEqual([
    'change/immutable-field: ScheduledBackup shop/daily cannot become what the new tree says: Kubernetes refuses to change spec.cluster (cluster reference is immutable after creation)',
  ]);
  expect(found(backup('a'), backup('a').replace('0 0 0', '0 0 1'))).toEqual([]);
});

const object = (apiVersion: string, kind: string, rest: string): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: a, namespace: shop}\n${rest}\n`;

test.each([
  ['v1', 'PersistentVolume', 'spec: {nfs: {server: a, path: /}}', 'spec: {nfs: {server: b, path: /}}', 'spec.nfs'],
  ['batch/v1', 'Job', 'spec: {completions: 1}', 'spec: {completions: 2}', 'spec.completions'],
  ['discovery.k8s.io/v1', 'EndpointSlice', 'addressType: IPv4', 'addressType: IPv6', 'addressType'],
  ['storage.k8s.io/v1', 'VolumeAttributesClass', 'parameters: {a: b}', 'parameters: {a: c}', 'parameters'],
  ['resource.k8s.io/v1', 'ResourceClaim', 'spec: {devices: {}}', 'spec: {devices: {requests: []}}', 'spec'],
  ['v1', 'Pod', 'spec: {nodeName: a}', 'spec: {nodeName: b}', 'spec.nodeName'],
])('%s %s: a field that validation keeps', (apiVersion, kind, before, after, field) => {
  const messages = found(object(apiVersion, kind, before), object(apiVersion, kind, after));
  expect(messages.map((each) => each.replace(/^.*refuses to change /, ''))).toEqual([field]);
});

test.each([
  [
    'batch/v1',
    'Job',
    'spec: {completions: 1, completionMode: Indexed}',
    'spec: {completions: 2, completionMode: Indexed}',
  ],
  [
    'v1',
    'PersistentVolume',
    'spec: {capacity: {storage: 1Gi}}',
    'spec: {capacity: {storage: 2Gi}, storageClassName: a}',
  ],
])('%s %s: one that may change', (apiVersion, kind, before, after) => {
  expect(found(object(apiVersion, kind, before), object(apiVersion, kind, after))).toEqual([]);
});

test('a volume of a release that would shrink is told by the sizes that both trees recorded', () => {
  const release =
    'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: cache, namespace: shop}\nspec: {chart: {spec: {chart: cache}}}\n';
  const tree = (size: string) => {
    const made = sampleFluxTree({ nodes: [{ name: 'web', objects: [release] }] });
    const [path = ''] = made.objects.flatMap((each) => (each.kind === 'HelmRelease' ? each.path : []));
    const record = { volumes: { [path]: { cache: size } } };
    return { ...made, record };
  };
  const plan = (from: string, to: string) => changeFindings(planChange({ before: tree(from), after: tree(to) }));
  expect(plan('10Gi', '5Gi').map(({ message }) => message)).toEqual([
    'HelmRelease shop/cache cannot become what the new tree says: a volume never shrinks, and cache asks for 5Gi where it has 10Gi',
  ]);
  expect(plan('5Gi', '10Gi')).toEqual([]);
});
