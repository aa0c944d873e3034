import { memo, memoText } from '../memo/memo.ts';
import { isObject, pointerPath, valueAt } from '../value/json-path.ts';
import type { JsonObject, JsonPath, JsonValue } from '../value/source-document.ts';

/**
 * The schema that a `$ref` inside one file names: by JSON Pointer, by `$anchor` or by the `$id` of a part; undefined where
 * there is none. Rule: https://json-schema.org/draft/2020-12/json-schema-core#section-8.2
 */
export function referredSchema(ref: JsonValue | undefined, root: JsonValue): JsonValue | undefined {
  return typeof ref === 'string' && isObject(root) ? referencesOf(root)(ref)?.schema : undefined;
}

/** Where the schema stands in the file that {@link referredSchema} gives. */
export function referredPath(ref: JsonValue | undefined, root: JsonValue): JsonPath | undefined {
  return typeof ref === 'string' && isObject(root) ? referencesOf(root)(ref)?.path : undefined;
}

interface Referred {
  readonly path: JsonPath;
  readonly schema: JsonValue;
}

const referencesOf = memo((root: JsonObject) =>
  memoText((ref): Referred | undefined => {
    if (ref !== '#' && !ref.startsWith('#/')) return namedParts(root).get(ref);
    const path = pointerPath(decoded(ref.slice(1)), root);
    const schema = valueAt(root, path);
    return schema === undefined ? undefined : { path, schema };
  }),
);

/** Every part of a schema that has a name, by what a reference to it says. */
const namedParts = memo((root: JsonObject): ReadonlyMap<string, Referred> => {
  const named = new Map<string, Referred>();
  collect({ path: [], schema: root }, named);
  return named;
});

function collect({ path, schema }: Referred, named: Map<string, Referred>): void {
  if (schema === null || typeof schema !== 'object') return;
  if (isObject(schema)) {
    for (const key of ['$anchor', '$dynamicAnchor']) {
      if (typeof schema[key] === 'string') named.set(`#${schema[key]}`, { path, schema });
    }
    if (typeof schema.$id === 'string') named.set(schema.$id, { path, schema });
  }
  const entries: Iterable<readonly [string | number, JsonValue]> = isObject(schema)
    ? Object.entries(schema)
    : schema.entries();
  for (const [key, each] of entries) collect({ path: [...path, key], schema: each }, named);
}

function decoded(pointer: string): string {
  try {
    return decodeURIComponent(pointer);
  } catch {
    return pointer;
  }
}
