import type { JsonPath, JsonValue } from '@fluxwright/documents';
import { isObject, parseYaml, quoting, valueAt } from '@fluxwright/documents';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { layerOf, mergeLayers } from './layered-values.ts';

const documentOf = (file: string, text: string) => {
  const { value } = parseYaml(file, text);
  if (value === undefined) throw new Error(text);
  return value;
};
const layers = (...texts: string[]) => texts.flatMap((text, index) => layerOf(documentOf(`${index}.yaml`, text), []));
const places = (texts: string[], path: JsonPath) =>
  mergeLayers(layers(...texts), {})
    .originsOf(path)
    .map(({ file, start }) => `${file}:${start?.line}`);

describe('originsOf', () => {
  const texts = [
    'tls:\n  use: true\n  issuer: a\nhosts: [a, b]\n',
    'tls:\n  issuer: b\n',
    'hosts:\n  - c\nextra: null\n',
  ];

  it.each([
    ['a scalar that one layer sets', ['tls', 'use'], ['0.yaml:2']],
    ['a scalar that a stronger layer sets again', ['tls', 'issuer'], ['1.yaml:2']],
    ['a map that layers share, the strongest first', ['tls'], ['1.yaml:2', '0.yaml:2']],
    ['a list that is replaced', ['hosts'], ['2.yaml:2']],
    ['an item of it', ['hosts', 0], ['2.yaml:2']],
    ['an item that only the weaker list had', ['hosts', 1], []],
    ['what null removed', ['extra'], ['2.yaml:3']],
    ['what is set nowhere', ['gone', 'deeper'], []],
  ])('%s', (_, path, expected) => expect(places(texts, path)).toEqual(expected));

  it('a map in the place of a scalar hides the scalar', () => {
    expect(places(['a: 1\n', 'a: {b: 2}\n'], ['a'])).toEqual(['1.yaml:1']);
    expect(places(['a: {b: 1}\n', 'a: 2\n', 'a: {c: 3}\n'], ['a', 'b'])).toEqual([]);
  });

  it('names the layer that holds the merged value, for every path', () => {
    const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.integer(),
        fc.constant(null),
        fc.array(fc.integer(), { maxLength: 2 }),
        fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value'), { maxKeys: 3 }),
      ),
    })).value;
    const map = fc.dictionary(fc.constantFrom('a', 'b', 'c'), value, { maxKeys: 3 });
    fc.assert(
      fc.property(fc.array(map, { minLength: 1, maxLength: 4 }), (maps) => {
        const documents = maps.map((each, index) => documentOf(`${index}.yaml`, stringify(each, { compat: quoting })));
        const merged = mergeLayers(
          documents.flatMap((document) => layerOf(document, [])),
          {},
        );
        for (const [path, leaf] of leaves(merged.value)) {
          const [span] = merged.originsOf(path);
          const source = documents.find(({ file }) => file === span?.file);
          expect(valueAt(source?.value ?? null, path), JSON.stringify(path)).toEqual(leaf);
        }
      }),
    );
  });
});

function leaves(value: JsonValue, path: JsonPath = []): readonly [JsonPath, JsonValue][] {
  return isObject(value)
    ? Object.entries(value).flatMap(([key, item]) => leaves(item, [...path, key]))
    : [[path, value]];
}

describe('templateValue', () => {
  const schema = {
    properties: {
      name: {},
      tls: { $ref: '#/$defs/tls' },
      pools: { type: 'array', items: { properties: { size: {}, label: {} } } },
      extra: { additionalProperties: { properties: { on: {} } } },
    },
    $defs: { tls: { properties: { issuer: {}, mode: {} } } },
  };

  it('has null for what is declared and unset, in nested maps and lists too', () => {
    const [text] = ['tls: {mode: strict}\npools: [{size: 1}]\nextra: {a: {}}\n'];
    expect(JSON.parse(JSON.stringify(mergeLayers(layers(text ?? ''), schema).templateValue))).toEqual({
      name: null,
      tls: { mode: 'strict', issuer: null },
      pools: [{ size: 1, label: null }],
      extra: { a: { on: null } },
    });
  });

  it('has null for a map that is unset as a whole', () => {
    const { templateValue, value } = mergeLayers([], schema);
    expect({ ...templateValue }).toEqual({ name: null, tls: null, pools: null, extra: null });
    expect({ ...value }).toEqual({});
  });

  it('bears a schema that refers to itself', () => {
    const tree = { $ref: '#/$defs/node', $defs: { node: { properties: { left: { $ref: '#/$defs/node' } } } } };
    expect(JSON.stringify(mergeLayers(layers('left: {left: {}}\n'), tree).templateValue)).toBe(
      '{"left":{"left":{"left":null}}}',
    );
  });
});
