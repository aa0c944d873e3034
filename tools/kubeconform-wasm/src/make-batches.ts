import { EngineError } from '@fluxwright/wasm-host';
import type { ResourceInput } from './create-validator.ts';

/** Resources for one request. */
export interface Batch {
  /** Of each part the index of its resource in the whole list: a long text has several parts. */
  readonly inputs: readonly number[];
  readonly parts: readonly Uint8Array[];
  /** Which parts are YAML streams. */
  readonly texts: readonly number[];
}

const batchCount = 500;
const batchBytes = 16 * 1_048_576;
const encoder = new TextEncoder();

/** Serialises the resources and cuts them into requests of bounded size. Throws an EngineError of kind `input`. */
export function makeBatches(resources: Iterable<ResourceInput>): Batch[] {
  const batches: Batch[] = [];
  let batch = { inputs: [] as number[], parts: [] as Uint8Array[], texts: [] as number[] };
  let bytes = 0;
  let count = 0;
  let index = 0;
  for (const resource of resources) {
    const isText = typeof resource === 'string' || resource instanceof Uint8Array;
    const whole = serialise(resource, index);
    for (const { part, documents } of isText ? cutStream(whole) : [{ part: whole, documents: 1 }]) {
      const isFull = count + documents > batchCount || bytes + part.byteLength > batchBytes;
      if (batch.parts.length > 0 && isFull) {
        batches.push(batch);
        batch = { inputs: [], parts: [], texts: [] };
        bytes = 0;
        count = 0;
      }
      if (isText) batch.texts.push(batch.parts.length);
      batch.inputs.push(index);
      batch.parts.push(part);
      bytes += part.byteLength;
      count += documents;
    }
    index++;
  }
  if (batch.parts.length > 0) batches.push(batch);
  return batches;
}

/**
 * Cuts a YAML stream into parts of at most as many documents as a request takes, where kubeconform itself would cut it: at
 * the end of a line that begins with `---` (pkg/resource, SplitYAMLDocument).
 */
function cutStream(stream: Uint8Array): readonly { readonly part: Uint8Array; readonly documents: number }[] {
  const bytes = Buffer.from(stream.buffer, stream.byteOffset, stream.byteLength);
  const parts: { part: Uint8Array; documents: number }[] = [];
  let start = 0;
  let documents = 1;
  let from = 0;
  for (;;) {
    const separator = bytes.indexOf('\n---', from);
    const end = separator === -1 ? -1 : bytes.indexOf('\n', separator + 4);
    if (end === -1) break;
    if (documents === batchCount) {
      parts.push({ part: bytes.subarray(start, separator), documents });
      start = end + 1;
      documents = 0;
    }
    from = end + 1;
    documents += 1;
  }
  return [...parts, { part: bytes.subarray(start), documents }];
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
