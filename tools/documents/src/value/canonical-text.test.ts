import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalText } from './canonical-text.ts';
import type { JsonValue } from './source-document.ts';

const values = fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<JsonValue>;

test('says equal values alike, and only those', () => {
  fc.assert(
    fc.property(values, values, (a, b) => {
      const [left, right] = [a, b].map((each) => JSON.parse(JSON.stringify(each)));
      expect(canonicalText(left) === canonicalText(right)).toBe(isDeepStrictEqual(left, right));
    }),
  );
});

test('does not hang on the order of keys, and is JSON', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), values), (map) => {
      const turned = Object.fromEntries(Object.entries(map).reverse());
      expect(canonicalText(turned)).toBe(canonicalText(map));
      expect(JSON.parse(canonicalText(map))).toEqual(JSON.parse(JSON.stringify(map)));
    }),
  );
});
