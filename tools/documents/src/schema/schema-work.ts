import { topologicalOrder } from '../graph/topological-order.ts';
import { isObject } from '../value/json-path.ts';
import type { JsonObject, JsonPath, JsonValue } from '../value/source-document.ts';
import { allInPlace, appliedInPlace, appliedToChild } from './applied-schemas.ts';

/** More than any real schema and values come near; a second or two of work. */
export const mostChecks = 5_000_000;

/** Values and schemas so small cannot need that many checks. */
const small = 2_000;

/**
 * How many checks of a schema's parts a value may need, counted without doing them: parts that refer to one another twice
 * make it double with each level. Infinite where a part applies itself to one value again, which
 * https://json-schema.org/draft/2020-12/json-schema-core#section-9.4.1 forbids.
 */
export function checksOf(schema: JsonValue, value: JsonValue): number {
  if (!isObject(schema)) return 1;
  if (sizeOf(value) * sizeOf(schema) <= small && !JSON.stringify(schema).includes('"$ref"')) return small;
  let checks = 0;
  const visit = (at: JsonValue, asked: ReadonlyMap<JsonObject, number>): void => {
    const all = inPlace(asked, schema);
    for (const [part, times] of all) checks += times * workOf(part, at);
    if (at === null || typeof at !== 'object' || checks > mostChecks) return;
    for (const [key, item] of entriesOf(at)) {
      const below = toChild(all, key);
      if (below.size > 0) visit(item, below);
      if (checks > mostChecks) return;
    }
  };
  visit(value, new Map([[schema, 1]]));
  return checks;
}

/** The parts that are applied to the item at `key` of what `parts` are applied to, and how often each. */
function toChild(parts: ReadonlyMap<JsonObject, number>, key: string | number): ReadonlyMap<JsonObject, number> {
  const below = new Map<JsonObject, number>();
  for (const [part, times] of parts) {
    for (const each of appliedToChild(part, key)) below.set(each, (below.get(each) ?? 0) + times);
  }
  return below;
}

/** Parts that apply one another to one value: deeper than any real schema, and than a program's stack should have to go. */
const mostApplied = 200;

/** Where a schema's parts apply one another to one value without end or too deep, and which of the two; undefined where none do. */
export function endlessPart(schema: JsonValue): { readonly path: JsonPath; readonly note: string } | undefined {
  const heights = new Map<JsonObject, number>();
  const heightOf = (part: JsonObject, depth: number): number => {
    const known = heights.get(part);
    if (known !== undefined) return known;
    if (depth > mostApplied) return mostApplied;
    heights.set(part, Number.POSITIVE_INFINITY);
    const below = appliedInPlace(part, schema).map((each) => heightOf(each, depth + 1));
    const height = Math.max(0, ...below) + 1;
    heights.set(part, height);
    return height;
  };
  for (const [path, part] of partsOf(schema, [])) {
    const height = heightOf(part, 0);
    if (height === Number.POSITIVE_INFINITY)
      return { path, note: 'this applies itself to the same value again, without end' };
    if (height > mostApplied) return { path, note: `more than ${mostApplied} parts apply one another to one value` };
  }
  return undefined;
}

/** All maps of a schema, with those that apply to one value counted as often as they do, each before what it applies. */
function inPlace(asked: ReadonlyMap<JsonObject, number>, root: JsonValue): ReadonlyMap<JsonObject, number> {
  const { order } = topologicalOrder(allInPlace(asked.keys(), root), (part) => appliedInPlace(part, root));
  const times = new Map(asked);
  for (const part of order.toReversed()) {
    const own = times.get(part) ?? 0;
    for (const each of appliedInPlace(part, root)) times.set(each, (times.get(each) ?? 0) + own);
  }
  return times;
}

/** What the keywords of one part cost beyond a look: those that compare each item or key with each other or with a list. */
function workOf(part: JsonObject, value: JsonValue): number {
  const { uniqueItems, patternProperties, enum: options } = part;
  const pairs = uniqueItems === true && Array.isArray(value) ? (value.length * value.length) / 2 : 0;
  const fits =
    isObject(patternProperties) && isObject(value)
      ? Object.keys(patternProperties).length * Object.keys(value).length
      : 0;
  return 1 + pairs + fits + (Array.isArray(options) ? options.length : 0);
}

function* partsOf(value: JsonValue, path: JsonPath): Generator<[JsonPath, JsonObject]> {
  if (value === null || typeof value !== 'object') return;
  if (isObject(value)) yield [path, value];
  for (const [key, each] of entriesOf(value)) yield* partsOf(each, [...path, key]);
}

function entriesOf(value: JsonObject | readonly JsonValue[]): Iterable<[string | number, JsonValue]> {
  return Array.isArray(value) ? value.entries() : Object.entries(value);
}

function sizeOf(value: JsonValue): number {
  if (value === null || typeof value !== 'object') return 1;
  return Object.values(value).reduce((sum: number, each) => sum + sizeOf(each), 1);
}
