import type { JsonObject } from '@fluxwright/documents';
import { placesAt } from '@fluxwright/documents';
import { expect, test } from 'vitest';
import { readPattern } from './pattern.ts';

const issuer = { name: 'ca', kind: '' };
const object: JsonObject = {
  metadata: { name: 'shop', namespace: 'web' },
  spec: {
    issuer,
    data: [{ key: 'a', ref: { name: 'x' } }, { key: 'b' }],
    solvers: { dns: { tokenSecretRef: { name: 'dns', key: 'token' } } },
    port: 80,
    urls: [
      'http://a:b@objects.shop.svc.cluster.local:9000/c?d#e',
      's3://backups/shop',
      'https://s3.example.com',
      'objects.shop.svc:9000',
    ],
  },
};

test.each([
  ['spec.issuer.name', [['spec', 'issuer', 'name']]],
  [
    'spec.data[].key',
    [
      ['spec', 'data', 0, 'key'],
      ['spec', 'data', 1, 'key'],
    ],
  ],
  ['spec.data[].ref', [['spec', 'data', 0, 'ref']]],
  ['spec.**.*SecretRef', [['spec', 'solvers', 'dns', 'tokenSecretRef']]],
  [
    'spec.issuer.~',
    [
      ['spec', 'issuer', 'name'],
      ['spec', 'issuer', 'kind'],
    ],
  ],
  ['spec.nothing.here', []],
  ['metadata[].name', []],
  ['spec.__proto__', []],
  ['', [[]]],
])('the path %s finds its places', (path, paths) => {
  expect(placesAt(object, path).map((each) => each.path)).toEqual(paths);
});

test.each([
  ['platform', ['platform']],
  ['{metadata.name}-app', ['shop-app']],
  ["{.kind|'Issuer'}", ['Issuer']],
  ['{.missing|.name}', ['ca']],
  ['{.missing}', []],
  ['{spec.data[].key}', ['a', 'b']],
  ['{spec.data.~}', []],
  ['{spec.port}', ['80']],
  ['{spec.issuer}', []],
  ['{metadata.namespace}/{.name}', ['web/ca']],
  ['{spec.urls[]@host}', ['objects.shop.svc', 'backups', 's3.example.com', 'objects.shop.svc']],
  ["{.missing@host|'s3'}", ['s3']],
])('the pattern %s reads as %j', (pattern, texts) => {
  const place = { path: ['spec', 'issuer'], value: issuer };
  expect(readPattern(pattern, { object, place }).map(({ text }) => text)).toEqual(texts);
});

test('several ** find what one does, in time that does not grow with their number', () => {
  const deep = (levels: number): JsonObject =>
    levels === 0 ? { at: 1 } : { a: deep(levels - 1), b: deep(levels - 1) };
  const once = placesAt(deep(8), '**.at').map((each) => each.path);
  expect(once).toHaveLength(256);
  expect(placesAt(deep(8), `${'**.'.repeat(8)}at`).map((each) => each.path)).toEqual(once);
  expect(placesAt(deep(8), `${'**.*.'.repeat(4)}**.at`).length).toBe(256);
});

test('a key of many stars takes no time of its own', () => {
  const key = 'a'.repeat(60);
  expect(placesAt({ [key]: 1 }, `${'*a'.repeat(40)}*b`)).toEqual([]);
  expect(placesAt({ [key]: 1 }, `${'*a'.repeat(40)}*`).length).toBe(1);
  expect(placesAt({ abcab: 1 }, 'ab*ab').length).toBe(1);
  expect(placesAt({ ab: 1 }, 'ab*b')).toEqual([]);
});
