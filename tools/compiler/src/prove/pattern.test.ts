import type { JsonObject } from '@fluxwright/model';
import { expect, test } from 'vitest';
import { readPattern } from './pattern.ts';
import { placesAt } from './places.ts';

const issuer = { name: 'ca', kind: '' };
const object: JsonObject = {
  metadata: { name: 'shop', namespace: 'web' },
  spec: {
    issuer,
    data: [{ key: 'a', ref: { name: 'x' } }, { key: 'b' }],
    solvers: { dns: { tokenSecretRef: { name: 'dns', key: 'token' } } },
    port: 80,
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
])('the pattern %s reads as %j', (pattern, texts) => {
  const place = { path: ['spec', 'issuer'], value: issuer };
  expect(readPattern(pattern, { object, place }).map(({ text }) => text)).toEqual(texts);
});
