import { expect, test } from 'vitest';
import { mistyped } from './mistyped.ts';

test('each key in turn is misspelt, and nothing else changes', () => {
  expect(mistyped({ a: 1, b: { c: [2] } })).toEqual([
    { path: 'a', values: { aTypo: 1, b: { c: [2] } } },
    { path: 'b', values: { a: 1, bTypo: { c: [2] } } },
    { path: 'b.c', values: { a: 1, b: { cTypo: [2] } } },
  ]);
});
