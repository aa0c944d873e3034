import type { JsonObject, SourceDocument } from '@fluxwright/documents';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mergeValues } from '../load/merge-values.ts';
import type { Cluster, Component } from '../load/workspace.ts';
import { conflictsIn } from './answer-conflicts.ts';
import type { Layer } from './layered-values.ts';

const values = fc.letrec<{ map: JsonObject; value: unknown }>((tie) => ({
  map: fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value'), { maxKeys: 3 }) as fc.Arbitrary<JsonObject>,
  value: fc.oneof(
    { maxDepth: 3 },
    fc.integer({ min: 0, max: 2 }),
    fc.constant(null),
    fc.array(fc.integer({ min: 0, max: 1 }), { maxLength: 1 }),
    tie('map'),
  ),
})).map;
const document = { file: 'values.yaml', locate: () => ({ file: 'values.yaml' }) } as unknown as SourceDocument;
const layer = (value: JsonObject): Layer => ({ value, document, path: [], by: 'a choice' });
const where = { manifest: { file: 'clusters/one/cluster.yaml' } } as Cluster;
const conflicts = (...levels: readonly (readonly JsonObject[])[]) =>
  conflictsIn(
    { name: 'app' } as Component,
    levels.map((level) => level.map(layer)),
    where,
  );

it('two layers of a level are in conflict exactly where their order would decide', () => {
  fc.assert(
    fc.property(values, values, values, (base, first, second) => {
      const one = mergeValues(mergeValues(base, first), second);
      const other = mergeValues(mergeValues(base, second), first);
      const same = JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
      expect(conflicts([base], [first, second]).length === 0).toBe(same);
      expect(conflicts([base], [second, first]).length).toBe(conflicts([base], [first, second]).length);
    }),
  );
});

it('a stronger level that sets the value settles it, and a map there does not', () => {
  const level = [{ a: 1 }, { a: 2 }];
  expect(conflicts(level).length).toBe(1);
  expect(conflicts(level, [{ a: 3 }])).toEqual([]);
  expect(conflicts(level, [{ a: null }])).toEqual([]);
  expect(conflicts(level, [{ a: { b: 1 } }]).length).toBe(1);
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value) || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  );
}
