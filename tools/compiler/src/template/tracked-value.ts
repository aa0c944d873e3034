import type { JsonObject, JsonPath, JsonValue } from '@fluxwright/documents';
import { anyShape, type Shape } from './shape.ts';

/** A value on its way through a template, with the context paths behind it. */
export interface TrackedValue {
  /** null where a declared value is not set. */
  readonly data: JsonValue;
  /** Context paths it was made of. */
  readonly reads: readonly JsonPath[];
  /** True where `data` is what stands at `reads[0]`, so that its inside has paths too. */
  readonly direct: boolean;
  readonly shape: Shape;
  /** How to name it in a message. */
  readonly text: string;
  /** True where its evaluation has already been reported: whatever uses it stays silent. */
  readonly failed?: true;
}

/** Stands for a value that could not be had and was reported. */
export const failedValue: TrackedValue = {
  data: null,
  reads: [],
  direct: false,
  shape: anyShape,
  text: '',
  failed: true,
};

/** A value the template says literally. */
export function literalValue(data: JsonValue): TrackedValue {
  return { data, reads: [], direct: false, shape: anyShape, text: JSON.stringify(data) };
}

/** Why a key gives no value: no such key can be there, or the holder has no inside. */
export type LookUpFailure = { readonly reason: 'unknown' } | { readonly reason: 'scalar' };

/**
 * The value at `key` of `holder`. Own keys only, so that nothing of JavaScript's objects shows; a key that is declared
 * but not set gives null, also inside a map that is itself not set.
 */
export function lookUp(holder: TrackedValue, key: string): TrackedValue | LookUpFailure {
  const { data } = holder;
  if (typeof data !== 'object') return { reason: 'scalar' };
  const isPresent = data !== null && Object.hasOwn(data, key);
  const shape = holder.shape.child(key);
  if (!isPresent && shape === undefined) return { reason: 'unknown' };
  const inner = {
    data: isPresent ? ((data as JsonObject)[key] ?? null) : null,
    shape: shape ?? anyShape,
    text: holder.text === '' ? key : `${holder.text}.${key}`,
  };
  const isLength = Array.isArray(data) && key === 'length';
  if (!holder.direct || isLength) return { ...inner, reads: holder.reads, direct: false };
  const path = [...(holder.reads[0] ?? []), Array.isArray(data) ? Number(key) : key];
  return { ...inner, reads: [path], direct: true };
}

/** Truth as Handlebars' `#if` has it: null, false, 0, '' and the empty list are false; an empty map is true. */
export function isTruthy(value: JsonValue): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}
