import type { JsonValue } from '@fluxwright/documents';

/** Truth as Handlebars' `#if` has it: null, false, 0, '' and the empty list are false; an empty map is true. */
export function isTruthy(value: JsonValue): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}
