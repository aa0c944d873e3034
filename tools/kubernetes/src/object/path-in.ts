import { isObject, type JsonObject, type JsonPath, type JsonValue } from '@fluxwright/documents';

/** Keys that tell the items of Kubernetes' lists apart (`x-kubernetes-patch-merge-key` of its OpenAPI), the usual ones first. */
const itemKeys = ['name', 'mountPath', 'devicePath', 'containerPort', 'port', 'ip', 'topologyKey', 'type', 'key'];

/**
 * The path in `other` to what stands at `path` of `value`: items of lists are told by the keys that name them, as a strategic merge
 * does, since a patch may put one before the others. Undefined where `other` has no such thing.
 */
export function pathIn(other: JsonValue, value: JsonValue, path: JsonPath): JsonPath | undefined {
  const found: (string | number)[] = [];
  let [here, there]: readonly (JsonValue | undefined)[] = [value, other];
  for (const step of path) {
    const key = Array.isArray(here) && Array.isArray(there) ? itemLike(here[Number(step)], Number(step), there) : step;
    if (key === undefined || typeof there !== 'object' || there === null || !Object.hasOwn(there, key))
      return undefined;
    here = (here as Readonly<Record<string | number, JsonValue>> | undefined)?.[step];
    there = (there as Readonly<Record<string | number, JsonValue>>)[key];
    found.push(key);
  }
  return found;
}

function itemLike(item: JsonValue | undefined, index: number, list: readonly JsonValue[]): number | undefined {
  if (isObject(item)) {
    const key = itemKeys.find((each) => isScalar(item[each]) && list.some((other) => hasKey(other, each)));
    if (key !== undefined) return indexOf(list, (other) => isObject(other) && other[key] === item[key]);
  }
  const text = JSON.stringify(item);
  return indexOf(list, (other) => JSON.stringify(other) === text) ?? (index < list.length ? index : undefined);
}

function hasKey(value: JsonValue, key: string): value is JsonObject {
  return isObject(value) && isScalar(value[key]);
}

function isScalar(value: JsonValue | undefined): boolean {
  return typeof value === 'string' || typeof value === 'number';
}

function indexOf(list: readonly JsonValue[], is: (item: JsonValue) => boolean): number | undefined {
  const index = list.findIndex(is);
  return index < 0 ? undefined : index;
}
