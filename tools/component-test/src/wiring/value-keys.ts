import { isObject, type JsonObject, type JsonPath, type JsonValue, referredPath, valueAt } from '@fluxwright/documents';

/** Stands in a path for an item of a list, or for a key that the user names. */
export const anyStep = '*';

/** A key that a values schema declares and that holds no further declared keys. */
export interface ValueKey {
  /** Where it stands in the values, `*` for each item or free key. */
  readonly path: JsonPath;
  /** Where the schema declares it. */
  readonly schemaPath: JsonPath;
  /** Its schema, references followed. */
  readonly schema: JsonObject;
  /** The nearest `x-fluxwright-unwired` at or above it: why it needs to change nothing. */
  readonly mark?: Mark;
}

export interface Mark {
  readonly reason: string;
  /** Of the schema that has it. */
  readonly schemaPath: JsonPath;
}

/** Every leaf key of a values schema, once for each place in the values that it stands for; in the order of the schema. */
export function valueKeys(schema: JsonValue): readonly ValueKey[] {
  return [...walk({ root: schema, node: schema, path: [], schemaPath: [], declared: [], seen: [] })];
}

interface Place {
  readonly root: JsonValue;
  readonly node: JsonValue | undefined;
  readonly path: JsonPath;
  readonly schemaPath: JsonPath;
  /** Where the key was declared that led here. */
  readonly declared: JsonPath;
  /** References that were followed on the way: a schema may hold itself. */
  readonly seen: readonly string[];
  readonly mark?: Mark;
}

const branches = ['allOf', 'anyOf', 'oneOf'];

function* walk(place: Place): Generator<ValueKey> {
  const { node, path, schemaPath } = place;
  if (!isObject(node)) return;
  const reason = node['x-fluxwright-unwired'];
  const here = typeof reason === 'string' ? { ...place, mark: { reason, schemaPath } } : place;
  if (typeof node.$ref === 'string') {
    yield* follow(here, node.$ref);
    return;
  }
  const below = [...children(here)];
  for (const child of below) yield* walk(child);
  if (below.length > 0 || path.length === 0) return;
  const { mark, declared } = here;
  yield { path, schemaPath: declared, schema: node, ...(mark && { mark }) };
}

function* children(place: Place): Generator<Place> {
  const { path, schemaPath } = place;
  const node = place.node as JsonObject;
  for (const [key, each] of entriesOf(node.properties)) {
    const at = [...schemaPath, 'properties', String(key)];
    yield { ...place, node: each, path: [...path, key], schemaPath: at, declared: at };
  }
  for (const keyword of ['items', 'additionalProperties']) {
    if (!hasKeys(place.root, node[keyword])) continue;
    yield { ...place, node: node[keyword], path: [...path, anyStep], schemaPath: [...schemaPath, keyword] };
  }
  for (const keyword of branches) {
    for (const [index, each] of entriesOf(node[keyword])) {
      if (hasKeys(place.root, each)) yield { ...place, node: each, schemaPath: [...schemaPath, keyword, index] };
    }
  }
}

function* follow(place: Place, reference: string): Generator<ValueKey> {
  const schemaPath = referredPath(reference, place.root);
  if (schemaPath === undefined || place.seen.includes(reference)) return;
  const node = valueAt(place.root, schemaPath);
  yield* walk({ ...place, node, schemaPath, seen: [...place.seen, reference] });
}

/** True where a schema declares keys of its own: a list or map of anything else is a leaf as a whole. */
function hasKeys(root: JsonValue, schema: JsonValue | undefined): boolean {
  return [...walk({ root, node: schema, path: [], schemaPath: [], declared: [], seen: [] })].length > 0;
}

function entriesOf(value: JsonValue | undefined): readonly (readonly [string | number, JsonValue])[] {
  if (Array.isArray(value)) return [...value.entries()];
  return isObject(value) ? Object.entries(value) : [];
}
