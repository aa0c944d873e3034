import { formatPath } from '@fluxwright/documents';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { leafPaths, parsePath } from './value-path.ts';

test.each([
  ['spec.replicas', ['spec', 'replicas']],
  ['.spec.replicas', ['spec', 'replicas']],
  ['spec.ports[0].name', ['spec', 'ports', 0, 'name']],
  ['metadata.labels["app.kubernetes.io/name"]', ['metadata', 'labels', 'app.kubernetes.io/name']],
  ['', []],
])('%s is a path', (text, path) => {
  expect(parsePath(text)).toEqual(path);
});

test.each(['a..b', 'a[', 'a[x]', 'a]', 'a["b]', 'a.'])('%s is none', (text) => {
  expect(parsePath(text)).toBeUndefined();
});

test('every path is read back as it was written', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.string({ minLength: 1 }), fc.nat()), { minLength: 1 }), (path) => {
      expect(parsePath(formatPath(path))).toEqual(path);
    }),
  );
});

test('leaves are scalars and empty containers', () => {
  expect(leafPaths({ a: [], b: { c: 1, d: [null, { e: {} }] } })).toEqual([
    ['a'],
    ['b', 'c'],
    ['b', 'd', 0],
    ['b', 'd', 1, 'e'],
  ]);
});
