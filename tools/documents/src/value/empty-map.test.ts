import { expect, it } from 'vitest';
import { emptyMap } from './empty-map.ts';

it('has no key, takes any, and can be said', () => {
  const map = emptyMap();
  const names = ['constructor', 'toString', '__proto__'];
  expect(names.map((name) => map[name])).toEqual([undefined, undefined, undefined]);
  for (const name of names) map[name] = 1;
  expect(Object.keys(map)).toEqual(names);
  expect(String(map)).toBe('{…}');
});
