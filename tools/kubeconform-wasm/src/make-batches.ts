import { EngineError } from '@fluxwright/wasm-host';
import type { ResourceInput } from './create-validator.ts';

/** Resources for one request. `first` is the index of the first one in the whole list; `texts` are the YAML streams. */
export interface Batch {
  readonly first: number;
  readonly parts: readonly Uint8Array[];
  readonly texts: readonly number[];
}

const batchCount = 500;
const batchBytes = 16 * 1_048_576;
const encoder = new TextEncoder();

/** Serialises the resources and cuts them into requests of bounded size. Throws an EngineError of kind `input`. */
export function makeBatches(resources: Iterable<ResourceInput>): Batch[] {
  const batches: Batch[] = [];
  let batch = { first: 0, parts: [] as Uint8Array[], texts: [] as number[] };
  let bytes = 0;
  let index = 0;
  for (const resource of resources) {
    const part = serialise(resource, index);
    if (batch.parts.length === batchCount || (batch.parts.length > 0 && bytes + part.byteLength > batchBytes)) {
      batches.push(batch);
      batch = { first: index, parts: [], texts: [] };
      bytes = 0;
    }
    if (typeof resource === 'string' || resource instanceof Uint8Array) batch.texts.push(batch.parts.length);
    batch.parts.push(part);
    bytes += part.byteLength;
    index++;
  }
  if (batch.parts.length > 0) batches.push(batch);
  return batches;
}

function serialise(resource: ResourceInput, index: number): Uint8Array {
  if (resource instanceof Uint8Array) return resource;
  if (typeof resource === 'string') return encoder.encode(resource);
  try {
    const text: string | undefined = JSON.stringify(resource);
    if (text !== undefined) return encoder.encode(text);
  } catch (cause) {
    throw new EngineError('input', `resource ${index} cannot be written as JSON: ${(cause as Error).message}`);
  }
  throw new EngineError('input', `resource ${index} cannot be written as JSON`);
}
