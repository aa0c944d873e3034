import type { JsonObject } from '@fluxwright/documents';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeValues } from './merge-values.ts';

const plain = (value: JsonObject) => JSON.parse(JSON.stringify(value));
const keys = fc.constantFrom('a', 'b', 'c', '__proto__');
const values = (leaf: fc.Arbitrary<unknown>) =>
  fc.letrec<{ map: JsonObject; value: unknown }>((tie) => ({
    map: fc.dictionary(keys, tie('value'), { maxKeys: 3 }) as fc.Arbitrary<JsonObject>,
    value: fc.oneof({ maxDepth: 3 }, leaf, fc.array(fc.integer(), { maxLength: 2 }), tie('map')),
  })).map;
const withNull = values(fc.oneof(fc.integer(), fc.constant(null)));
const withoutNull = values(fc.integer());

describe('mergeValues', () => {
  it('merges maps, replaces lists, removes with null', () => {
    const base = { replicas: 1, hosts: ['a', 'b'], tls: { on: true, issuer: 'x' }, extra: { a: 1 } };
    const over = { hosts: ['c'], tls: { issuer: null, mode: 'strict' }, extra: null };
    expect(plain(mergeValues(base, over))).toEqual({ replicas: 1, hosts: ['c'], tls: { on: true, mode: 'strict' } });
  });

  it('puts a map in the place of anything else, and anything else in the place of a map', () => {
    expect(plain(mergeValues({ a: 1, b: { c: 1 } }, { a: { c: null, d: 1 }, b: [] }))).toEqual({ a: { d: 1 }, b: [] });
  });

  it('laid on twice is laid on once', () => {
    fc.assert(
      fc.property(withNull, withNull, (base, over) => {
        const once = mergeValues(base, over);
        expect(plain(mergeValues(once, over))).toEqual(plain(once));
      }),
    );
  });

  it('nothing changes nothing', () => {
    fc.assert(
      fc.property(withoutNull, (value) => {
        expect(plain(mergeValues(value, {}))).toEqual(plain(value));
        expect(plain(mergeValues({}, value))).toEqual(plain(value));
        expect(plain(mergeValues(value, value))).toEqual(plain(value));
      }),
    );
  });

  it('leaves no null and changes no input', () => {
    fc.assert(
      fc.property(withNull, withNull, (base, over) => {
        const before = JSON.stringify([base, over]);
        expect(JSON.stringify(mergeValues(mergeValues({}, base), over))).not.toContain('null');
        expect(JSON.stringify([base, over])).toBe(before);
      }),
    );
  });

  it('gives the same whatever the order of keys', () => {
    const reversed = (value: unknown): unknown =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(
            Object.entries(value)
              .reverse()
              .map(([key, item]) => [key, reversed(item)]),
          )
        : value;
    fc.assert(
      fc.property(withNull, withNull, (base, over) => {
        expect(plain(mergeValues(reversed(base) as JsonObject, reversed(over) as JsonObject))).toEqual(
          plain(mergeValues(base, over)),
        );
      }),
    );
  });

  it('may be grouped at will where layers agree on what is a map and remove nothing', () => {
    const shape = fc.record(
      {
        a: fc.record({ b: fc.integer(), c: fc.integer() }, { requiredKeys: [] }),
        d: fc.integer(),
        e: fc.array(fc.integer()),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(shape, shape, shape, (a, b, c) => {
        expect(plain(mergeValues(mergeValues(a, b), c))).toEqual(plain(mergeValues(a, mergeValues(b, c))));
      }),
    );
  });
});
