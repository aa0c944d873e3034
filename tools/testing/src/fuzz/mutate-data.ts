import { type Document, isCollection, isMap, isPair, isScalar, type Node, type Pair, parseDocument, visit } from 'yaml';
import type { Random } from './random.ts';

/** Changes what a YAML or JSON text says, and keeps it YAML or JSON. Nothing where the text has no data to change. */
export type DataMutation = (text: string, random: Random) => string | undefined;

/** Values that are seldom what a key wants. */
const values: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e21,
  '',
  ' ',
  'x',
  'a b',
  'A_b',
  '../..',
  '{{values.size}}',
  '{{values.nosuch}}',
  '0777',
  'x'.repeat(300),
  '\ud83d\ude00',
  [],
  [1, 2],
  [null],
  [[]],
  {},
  { a: 1 },
  { __proto__x: {} },
  ['a', 'a'],
];

/** Keywords of JSON Schema with arguments that they take, and that they do not. */
const keywords: readonly (readonly [string, readonly unknown[]])[] = [
  ['required', [[1, 2], 'name', ['a', 'a'], ['nosuch'], true]],
  ['type', ['strin', ['string', 'string'], [], 'array', 1, ['null', 'object']]],
  ['pattern', ['(', '[', '^(a+)+$', '\\p{L}', 1]],
  ['properties', [[], { a: 1 }, { a: null }, { 'x y': {} }]],
  ['additionalProperties', ['flase', 1, true, {}]],
  ['items', [[{}], 1, 'x', true]],
  ['enum', [[], 1, [1, 1], [{}]]],
  ['$ref', ['#/$defs/nosuch', '#', 'other.json', 'https://example.com/a.json', '#/%', 1, '']],
  ['$defs', [1, { a: 1 }, []]],
  ['minimum', ['1', null, 1e308]],
  ['maxLength', [-1, '1', 0.5]],
  ['oneOf', [[], {}, [true, true], [1]]],
  ['allOf', [[{ $ref: '#' }], [], [false]]],
  ['not', [true, {}, 1]],
  ['format', ['nosuch', 1, 'email']],
  ['dependentSchemas', [{ a: 1 }, [], { name: { required: ['b'] } }]],
  ['patternProperties', [{ '(': {} }, { '^a': 1 }]],
  ['const', [1, null]],
  ['if', [1, {}]],
  ['description', [1, '']],
  ['minimun', [1]],
  ['$id', ['x y', '#', 1]],
  ['$schema', ['http://json-schema.org/draft-04/schema#', 'x', 1]],
  ['default', [1]],
  ['writeOnly', ['yes', true]],
];

interface Place {
  readonly holder: Node;
  readonly pair: Pair<Node, Node | null> | undefined;
  readonly index: number;
}

function read(text: string): Document.Parsed | undefined {
  const document = parseDocument(text, { uniqueKeys: false });
  return document.errors.length > 0 || !isCollection(document.contents) ? undefined : document;
}

/** Pairs of maps and items of lists, in the order of the text. */
function placesOf(document: Document.Parsed): readonly Place[] {
  const places: Place[] = [];
  visit(document, {
    Node: (_, node) => {
      if (!isCollection(node)) return;
      for (const [index, item] of node.items.entries())
        places.push({ holder: node, pair: isPair(item) ? (item as Pair<Node, Node | null>) : undefined, index });
    },
  });
  return places;
}

function changing(
  isJson: boolean,
  change: (place: Place, random: Random, document: Document) => boolean,
): DataMutation {
  return (text, random) => {
    const document = read(text);
    const places = document === undefined ? [] : placesOf(document);
    if (document === undefined || places.length === 0) return undefined;
    if (!change(random.pick(places), random, document)) return undefined;
    try {
      return isJson ? `${JSON.stringify(document.toJS(), null, 2)}\n` : document.toString();
    } catch {
      // What cannot be written, such as an alias that has lost its anchor, is no mutant.
      return undefined;
    }
  };
}

const itemsOf = (place: Place) => (place.holder as unknown as { items: unknown[] }).items;

/** The mutations of data; `isJson` writes JSON again. */
export function dataMutations(isJson: boolean): Readonly<Record<string, DataMutation>> {
  const make = (change: Parameters<typeof changing>[1]) => changing(isJson, change);
  return {
    'drop-key': make((place) => itemsOf(place).splice(place.index, 1).length > 0),
    'rename-key': make(({ pair }, random) => {
      if (pair === undefined || !isScalar(pair.key)) return false;
      const key = String(pair.key.value);
      const at = random.below(Math.max(1, key.length));
      pair.key.value = random.pick([`${key}s`, key.slice(0, at) + key.slice(at + 1), key.toUpperCase(), `x-${key}`]);
      return true;
    }),
    'other-value': make(({ holder, pair, index }, random, document) => {
      const node = document.createNode(random.pick(values));
      if (pair !== undefined) pair.value = node;
      else (holder as unknown as { items: unknown[] }).items[index] = node;
      return true;
    }),
    'wrap-value': make(({ holder, pair, index }, random, document) => {
      const inner = pair === undefined ? itemsOf({ holder, pair, index })[index] : pair.value;
      const plain = (inner as Node | null)?.toJS?.(document) ?? null;
      const node = document.createNode(random.pick([[plain], { value: plain }]));
      if (pair !== undefined) pair.value = node;
      else (holder as unknown as { items: unknown[] }).items[index] = node;
      return true;
    }),
    'double-item': make((place) => {
      if (place.pair !== undefined) return false;
      itemsOf(place).splice(place.index, 0, itemsOf(place)[place.index]);
      return true;
    }),
    'move-key': make((place, random, document) => {
      const [item] = itemsOf(place).splice(place.index, 1);
      const maps = placesOf(document as Document.Parsed).filter(({ holder }) => isMap(holder));
      if (maps.length === 0 || !isPair(item)) return false;
      itemsOf(random.pick(maps)).push(item);
      return true;
    }),
    'add-key': make(({ holder }, random, document) => {
      if (!isMap(holder)) return false;
      holder.items.push(
        document.createPair(random.pick(['nosuch', '', 'a b', '1', 'constructor']), random.pick(values)),
      );
      return true;
    }),
  };
}

/** The mutations of a JSON Schema: a keyword with some argument, somewhere. */
export const schemaMutations: Readonly<Record<string, DataMutation>> = {
  'set-keyword': changing(true, ({ holder }, random, document) => {
    if (!isMap(holder)) return false;
    const [keyword, inputs] = random.pick(keywords);
    holder.set(document.createNode(keyword), document.createNode(random.pick(inputs)));
    return true;
  }),
};
