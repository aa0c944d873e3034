import { expect, test } from 'vitest';
import { unknownKeys } from './unknown-keys.ts';

const chart = {
  replicas: 1,
  resources: {},
  env: [],
  database: { host: '', existingSecret: null },
  probes: [{ path: '/', port: 80 }],
};
const strict = { freeForm: [], keys: [], cases: [] };

test('keys that the chart has are known, whatever they are set to', () => {
  const values = { replicas: 3, database: { host: 'db', existingSecret: 'db' }, probes: [{ port: 8080 }] };
  expect(unknownKeys(values, chart, strict).unknown).toEqual([]);
});

test('a mistyped key is unknown at any depth', () => {
  const values = { replica: 3, database: { existingSecretName: 'db' }, probes: [{ ports: 8080 }] };
  expect(unknownKeys(values, chart, strict).unknown).toEqual([
    'database.existingSecretName',
    'probes.0.ports',
    'replica',
  ]);
});

test("keys below a chart's empty map, empty list or null are unknown", () => {
  const values = { resources: { limits: {} }, env: [{ name: 'A' }], database: { existingSecret: { name: 'db' } } };
  expect(unknownKeys(values, chart, strict).unknown).toEqual([
    'database.existingSecret.name',
    'env.0.name',
    'resources.limits',
  ]);
});

test('below a free-form place every key is known, and the place counts as used', () => {
  const freeForm = ['resources', 'env.*', 'never'].map((path) => ({ path, reason: 'a test' }));
  const values = { resources: { limits: { cpu: 1 } }, env: [{ name: 'A' }], replica: 3 };
  const { unknown, used } = unknownKeys(values, chart, { ...strict, freeForm });
  expect(unknown).toEqual(['replica']);
  expect([...used]).toEqual(['resources', 'env.*']);
});

test('a free-form place can be a key that holds a dot', () => {
  const freeForm = [{ path: 'app.ini', reason: 'a test' }];
  const { unknown, used } = unknownKeys({ 'app.ini': { log: 'x' }, app: { ini: 1 } }, chart, { ...strict, freeForm });
  expect(unknown).toEqual(['app']);
  expect([...used]).toEqual(['app.ini']);
});

test('a key that stands in a comment of the chart is known by name only', () => {
  const check = { ...strict, keys: ['database.port', 'cache.ttl'] };
  expect(unknownKeys({ database: { port: 1, ports: 2 }, cache: { ttl: 1 } }, chart, check).unknown).toEqual([
    'database.ports',
  ]);
});
