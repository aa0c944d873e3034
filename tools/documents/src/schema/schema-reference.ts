import { memo } from '../memo/memo.ts';
import { isObject, pointerPath, valueAt } from '../value/json-path.ts';
import type { JsonObject, JsonValue } from '../value/source-document.ts';

/**
 * The schema that a `$ref` inside one file names: by JSON Pointer, by `$anchor` or by the `$id` of a part; undefined where
 * there is none. Rule: https://json-schema.org/draft/2020-12/json-schema-core#section-8.2
 */
export function referredSchema(ref: JsonValue | undefined, root: JsonValue): JsonValue | undefined {
  if (typeof ref !== 'string') return undefined;
  if (ref === '#') return root;
  if (ref.startsWith('#/')) return valueAt(root, pointerPath(decoded(ref.slice(1)), root));
  return isObject(root) ? namedParts(root).get(ref) : undefined;
}

/** Every part of a schema that has a name, by what a reference to it says. */
const namedParts = memo((root: JsonObject): ReadonlyMap<string, JsonObject> => {
  const named = new Map<string, JsonObject>();
  collect(root, named);
  return named;
});

function collect(value: JsonValue, named: Map<string, JsonObject>): void {
  if (value === null || typeof value !== 'object') return;
  if (isObject(value)) {
    for (const key of ['$anchor', '$dynamicAnchor']) {
      if (typeof value[key] === 'string') named.set(`#${value[key]}`, value);
    }
    if (typeof value.$id === 'string') named.set(value.$id, value);
  }
  for (const each of Object.values(value)) collect(each, named);
}

function decoded(pointer: string): string {
  try {
    return decodeURIComponent(pointer);
  } catch {
    return pointer;
  }
}
