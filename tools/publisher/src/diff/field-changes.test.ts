import type { JsonValue } from '@fluxwright/documents';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldChanges, isEqual } from './field-changes.ts';

const cases: readonly { readonly title: string; before: JsonValue; after: JsonValue; readonly changes: unknown }[] = [
  {
    title: 'a value in a map',
    before: { spec: { replicas: 1 } },
    after: { spec: { replicas: 2 } },
    changes: [{ path: 'spec.replicas', before: 1, after: 2 }],
  },
  {
    title: 'keys that come and go',
    before: { data: { 'a.b': '1', old: 'x' } },
    after: { data: { 'a.b': '2', new: 'y' } },
    changes: [
      { path: 'data["a.b"]', before: '1', after: '2' },
      { path: 'data.new', after: 'y' },
      { path: 'data.old', before: 'x' },
    ],
  },
  {
    title: 'an item of a list with names, wherever it stands',
    before: {
      containers: [
        { name: 'web', image: 'a:1' },
        { name: 'log', image: 'b:1' },
      ],
    },
    after: {
      containers: [
        { name: 'new', image: 'c:1' },
        { name: 'log', image: 'b:1' },
        { name: 'web', image: 'a:2' },
      ],
    },
    changes: [
      { path: 'containers[web].image', before: 'a:1', after: 'a:2' },
      { path: 'containers[new]', after: { name: 'new', image: 'c:1' } },
    ],
  },
  {
    title: 'one item more in a list without names',
    before: { args: ['a', 'c'] },
    after: { args: ['a', 'b', 'c'] },
    changes: [{ path: 'args[1]', after: 'b' }],
  },
  {
    title: 'an item replaced in a list of maps without names',
    before: { rules: [{ host: 'a' }, { host: 'b', port: 1 }] },
    after: { rules: [{ host: 'a' }, { host: 'b', port: 2 }] },
    changes: [{ path: 'rules[1].port', before: 1, after: 2 }],
  },
  {
    title: 'another type',
    before: { a: [1] },
    after: { a: { b: 1 } },
    changes: [{ path: 'a', before: [1], after: { b: 1 } }],
  },
  { title: 'null and a missing key', before: { a: null }, after: {}, changes: [{ path: 'a', before: null }] },
  {
    title: '__proto__ as a key',
    before: {},
    after: JSON.parse('{"__proto__": {"x": 1}}'),
    changes: [{ path: '__proto__', after: { x: 1 } }],
  },
  { title: 'another order of keys', before: { a: 1, b: 2 }, after: { b: 2, a: 1 }, changes: [] },
];

describe('changes of fields', () => {
  it.each(cases)('$title', ({ before, after, changes }) => expect(fieldChanges(before, after)).toEqual(changes));

  it('are none exactly where two values are equal', () => {
    const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<JsonValue>;
    fc.assert(
      fc.property(json, json, (a, b) => {
        expect(fieldChanges(a, a)).toEqual([]);
        expect(fieldChanges(a, b).length === 0).toBe(isEqual(a, b));
      }),
    );
  });
});
