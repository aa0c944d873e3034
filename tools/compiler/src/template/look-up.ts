import type { JsonObject } from '@fluxwright/documents';
import { anyShape } from './shape.ts';
import type { TrackedValue } from './tracked-value.ts';

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
