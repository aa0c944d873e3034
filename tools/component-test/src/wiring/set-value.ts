import { isObject, type JsonPath, type JsonValue } from '@fluxwright/documents';

/** A copy of `value` with another value at `path`; what is missing on the way is made. */
export function setValue(value: JsonValue | undefined, path: JsonPath, other: JsonValue): JsonValue {
  const [step, ...rest] = path;
  if (step === undefined) return other;
  if (typeof step === 'number') {
    const list: JsonValue[] = Array.isArray(value) ? [...value] : [];
    list[step] = setValue(list[step], rest, other);
    return list;
  }
  const map = isObject(value) ? value : {};
  return { ...map, [step]: setValue(map[step], rest, other) };
}
