import { isObject, type JsonObject, type JsonPath, type JsonValue } from '@fluxwright/documents';
import type { JsonSchema } from '@fluxwright/kubernetes-schemas';
import { parts, propertyOf, type SchemaPlace } from './schema-places.ts';

/** Two items of a list that are one to the API server, or an item without a key. */
export interface ItemFault {
  readonly at: JsonPath;
  readonly keys: readonly string[];
  /** The item it is the same as; absent where a key is missing. */
  readonly first?: JsonPath;
  readonly missing?: string;
}

/** What the API server takes a key of a built-in list for that is not said (k8s.io/api, `+default`); OpenAPI v2 leaves it out. */
const builtInDefaults: Readonly<Record<string, JsonValue>> = { protocol: 'TCP' };

/**
 * Server-side apply tells the items of a list of type map apart by their keys, and refuses an object with two of one key or one
 * without (sigs.k8s.io/structured-merge-diff, typed/validate.go; https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy).
 */
export function itemFaults({ value, path, schemas }: SchemaPlace, root: JsonSchema): readonly ItemFault[] {
  const keys = keysOf(schemas);
  if (keys === undefined || !Array.isArray(value)) return [];
  const first = new Map<string, number>();
  return value.flatMap((item, index): ItemFault[] => {
    if (!isObject(item)) return [];
    const said = keys.map((key) => keyOf(item, key, schemas, root));
    const missing = keys.find((_, at) => said[at] === undefined);
    const at = [...path, index];
    if (missing !== undefined) return said.every((each) => each === undefined) ? [{ at, keys, missing }] : [];
    const text = JSON.stringify(said);
    const other = first.get(text);
    if (other === undefined) first.set(text, index);
    return other === undefined ? [] : [{ at, keys, first: [...path, other] }];
  });
}

function keysOf(schemas: readonly JsonSchema[]): readonly string[] | undefined {
  const keys = schemas.find((each) => each['x-kubernetes-list-map-keys'] !== undefined)?.['x-kubernetes-list-map-keys'];
  return keys as readonly string[] | undefined;
}

function keyOf(item: JsonObject, key: string, lists: readonly JsonSchema[], root: JsonSchema): JsonValue | undefined {
  const said = item[key];
  if (said !== undefined && said !== null) return said;
  const items = lists.flatMap(({ items }) => (items === undefined ? [] : parts(items as JsonSchema, root)));
  const declared = items.flatMap((each) => propertyOf(each, key)).find((each) => each.default !== undefined)?.default;
  return declared ?? builtInDefaults[key];
}
