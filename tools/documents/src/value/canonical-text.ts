import { isObject } from './json-path.ts';
import type { JsonValue } from './source-document.ts';

/** Equal texts for equal values, and only for those, whatever the order of keys; '' for nothing. */
export function canonicalText(value: JsonValue | undefined): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return `[${value.map(canonicalText).join()}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonicalText(value[key])}`).join()}}`;
}
