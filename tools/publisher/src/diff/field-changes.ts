import { formatPath, isObject, type JsonValue } from '@fluxwright/documents';
import { diffArrays } from 'diff';

/** One value that differs. `before` is absent where it was added, `after` where it was removed. */
export interface FieldChange {
  /** As people write it: `spec.containers[web].image`. An item of a list with names goes by its name. */
  readonly path: string;
  readonly before?: JsonValue;
  readonly after?: JsonValue;
}

/**
 * The smallest values that differ, in order of their paths. Lists whose items all have a `name` (or `key`) are compared
 * by it, so that one item more is one change; other lists by their longest common part.
 */
export function fieldChanges(before: JsonValue, after: JsonValue): readonly FieldChange[] {
  return compare(before, after, '');
}

function compare(before: JsonValue, after: JsonValue, path: string): readonly FieldChange[] {
  if (isObject(before) && isObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return keys.flatMap((key) => pair(own(before, key), own(after, key), join(path, key)));
  }
  if (Array.isArray(before) && Array.isArray(after)) return compareLists(before, after, path);
  return isEqual(before, after) ? [] : [{ path, before, after }];
}

function pair(before: JsonValue | undefined, after: JsonValue | undefined, path: string): readonly FieldChange[] {
  if (before !== undefined && after !== undefined) return compare(before, after, path);
  if (before !== undefined) return [{ path, before }];
  return after === undefined ? [] : [{ path, after }];
}

function compareLists(before: readonly JsonValue[], after: readonly JsonValue[], path: string): readonly FieldChange[] {
  for (const field of ['name', 'key']) {
    const from = byField(before, field);
    const to = byField(after, field);
    if (from === undefined || to === undefined) continue;
    const keys = [...new Set([...from.keys(), ...to.keys()])];
    return keys.flatMap((key) => pair(from.get(key), to.get(key), `${path}[${key}]`));
  }
  return alignLists(before, after, path);
}

function byField(items: readonly JsonValue[], field: string): ReadonlyMap<string, JsonValue> | undefined {
  const found = new Map<string, JsonValue>();
  for (const item of items) {
    const key = isObject(item) ? own(item, field) : undefined;
    if (typeof key !== 'string' || found.has(key)) return undefined;
    found.set(key, item);
  }
  return found;
}

/** Items of a removed run and of the added run beside it stand for each other, one by one; indices are those of `after`. */
function alignLists(before: readonly JsonValue[], after: readonly JsonValue[], path: string): readonly FieldChange[] {
  const parts = diffArrays([...before], [...after], { comparator: isEqual });
  const changes: FieldChange[] = [];
  let index = 0;
  let waiting: JsonValue[] = [];
  const flush = (): void => {
    for (const value of waiting) changes.push({ path: `${path}[${index}]`, before: value });
    waiting = [];
  };
  for (const { value, added, removed } of parts) {
    if (removed) waiting.push(...value);
    else if (!added) {
      flush();
      index += value.length;
    } else {
      for (const each of value) {
        const old = waiting.shift();
        changes.push(...pair(old, each, `${path}[${index}]`));
        index += 1;
      }
    }
  }
  flush();
  return changes;
}

function own(map: { readonly [key: string]: JsonValue }, key: string): JsonValue | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

function join(path: string, key: string): string {
  const step = formatPath([key]);
  return path === '' || step.startsWith('[') ? `${path}${step}` : `${path}.${step}`;
}

/** Equal as JSON, whatever the order of keys. */
export function isEqual(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((each, index) => isEqual(each, b[index]));
  }
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && isEqual(a[key], b[key]));
}
