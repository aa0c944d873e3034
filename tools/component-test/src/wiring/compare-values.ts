import { isObject, type JsonValue } from '@fluxwright/documents';

/** True where both are the same value; the order of keys does not count. */
export function equals(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((each, at) => equals(each, b[at]));
  if (!isObject(a) || !isObject(b)) return a === b;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && equals(a[key], b[key]));
}

/** True where a list has such an item, a map at least these keys, a text this part. */
export function contains(whole: JsonValue | undefined, part: JsonValue): boolean {
  if (Array.isArray(whole)) return whole.some((item) => covers(item, part));
  if (isObject(whole)) return covers(whole, part);
  return typeof whole === 'string' && typeof part === 'string' && whole.includes(part);
}

function covers(whole: JsonValue | undefined, part: JsonValue): boolean {
  if (!isObject(whole) || !isObject(part)) return equals(whole, part);
  return Object.keys(part).every((key) => Object.hasOwn(whole, key) && covers(whole[key], part[key] as JsonValue));
}

/** A value for a message: JSON, cut where it is long. */
export function shown(value: JsonValue | undefined): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
