import { isObject, type JsonObject, type JsonPath, type JsonValue } from '@fluxwright/documents';

/** One value of a release that is decided by itself: a scalar, a list, or a map without keys. */
export interface ReleaseValue {
  readonly path: JsonPath;
  readonly value: JsonValue;
}

/** The values of a release by their JSON pointer, in the order they have. A list counts as one: its entries have no names. */
export function releaseValues(values: JsonObject): ReadonlyMap<string, ReleaseValue> {
  const found = new Map<string, ReleaseValue>();
  const walk = (value: JsonValue, path: JsonPath): void => {
    if (!isObject(value) || (Object.keys(value).length === 0 && path.length > 0)) {
      found.set(toPointer(path), { path, value });
      return;
    }
    for (const [key, each] of Object.entries(value)) walk(each, [...path, key]);
  };
  walk(values, []);
  return found;
}

/** RFC 6901. */
export function toPointer(path: JsonPath): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The pointers above a pointer, the nearest first. */
export function pointersAbove(pointer: string): readonly string[] {
  const steps = pointer.split('/').slice(0, -1);
  return steps.slice(1).map((_, index) => steps.slice(0, steps.length - index).join('/'));
}
