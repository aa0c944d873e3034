import { expect, test } from 'vitest';
import { packChart } from '../../test/pack-chart.ts';
import { chartKeys } from './chart-keys.ts';

const files = {
  'Chart.yaml':
    'apiVersion: v2\nname: shop\nversion: 1.0.0\ndependencies: [{name: cache, alias: store, version: 1.0.0}]\n',
  'values.yaml': `
server:
  replicaCount: 1
  # logLevel: info
resources: {requests: {cpu: 10m}}
labels: {}
store: {size: 1}
# nodePort: 30000
`,
  'values.schema.json': '{"properties": {"timeout": {"type": "integer"}}}',
  'templates/all.yaml': `
replicas: {{ .Values.server.replicaCount }}
resources: {{ toYaml .Values.resources }}
name: {{ .Values.nameOverride }} {{ .Values.server.affinity }}
`,
  'charts/cache/Chart.yaml': 'apiVersion: v2\nname: cache\nversion: 1.0.0\n',
  'charts/cache/values.yaml': 'memory: 1Gi\n',
};
const unknown = async (values: object, chart: Readonly<Record<string, string>> = files): Promise<readonly string[]> => {
  const keys = await chartKeys({ file: 'shop-1.0.0.tgz', digest: '', archive: packChart('shop', chart) });
  return keys.unknown(values as never).map((path) => path.join('.'));
};

test('a key is known where defaults, templates, the schema or a comment have it', async () => {
  const known = {
    server: { replicaCount: 2, logLevel: 'debug', affinity: {} },
    nameOverride: 'x',
    timeout: 3,
    nodePort: 1,
  };
  expect(await unknown(known)).toEqual([]);
});

test('a key at the wrong place is not known, though a template says the word', async () => {
  expect(await unknown({ replicaCount: 2, server: { replicas: 2 }, affinity: {}, sever: {} })).toEqual([
    'replicaCount',
    'server.replicas',
    'affinity',
    'sever',
  ]);
});

test('below maps that are empty or handed on as one any key is known', async () => {
  expect(await unknown({ labels: { team: 'a' }, resources: { limits: { memory: '1Gi' } } })).toEqual([]);
});

test('a subchart has its own keys and those that its parent gives it', async () => {
  expect(
    await unknown({ store: { memory: '2Gi', size: 2, enabled: false }, global: { a: 1 }, cache: { memry: 1 } }),
  ).toEqual(['cache.memry']);
});

test('a chart that says no defaults is not judged, nor is what is no chart', async () => {
  expect(await unknown({ a: 1 }, { 'Chart.yaml': 'name: shop\n' })).toEqual([]);
  const keys = await chartKeys({ file: 'x.tgz', digest: '', archive: Buffer.from('<html>') });
  expect(keys.unknown({ a: 1 })).toEqual([]);
});
