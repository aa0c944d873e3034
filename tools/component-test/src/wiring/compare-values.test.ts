import { expect, it } from 'vitest';
import { contains, equals, shown } from './compare-values.ts';

it('equals does not look at the order of keys, and tells numbers from texts', () => {
  expect(equals({ a: 1, b: [{ c: 2, d: 3 }] }, { b: [{ d: 3, c: 2 }], a: 1 })).toBe(true);
  expect(equals([1, 2], [2, 1])).toBe(false);
  expect(equals(1, '1')).toBe(false);
  expect(equals({ a: 1 }, { a: 1, b: 2 })).toBe(false);
  expect(equals(undefined, null)).toBe(false);
});

it('contains looks for an item, for keys or for a part of a text', () => {
  expect(contains([{ name: 'a', value: 1 }, 2], { name: 'a' })).toBe(true);
  expect(contains([{ name: 'a' }], { name: 'b' })).toBe(false);
  expect(contains({ a: { b: 1, c: 2 }, d: 3 }, { a: { c: 2 } })).toBe(true);
  expect(contains({ a: [1, 2] }, { a: [1] })).toBe(false);
  expect(contains('maxmemory 1gb', 'memory')).toBe(true);
  expect(contains(10, 1)).toBe(false);
  expect(contains(undefined, {})).toBe(false);
});

it('shows what is not there as nothing, and cuts what is long', () => {
  expect(shown(undefined)).toBe('nothing');
  expect(shown('x'.repeat(200))).toHaveLength(80);
});
