import { EngineError } from '@fluxwright/wasm-host';
import type { ResourceInput } from './resource-input.ts';

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
  const batches: { inputs: number[]; parts: Uint8Array[]; texts: number[] }[] = [];
  let room = { bytes: 0, count: 0 };
  let index = 0;
  for (const resource of resources) {
    for (const { part, documents, isText } of partsOf(resource, index)) {
      if (batches.length === 0 || room.count < documents || room.bytes < part.byteLength) {
        batches.push({ inputs: [], parts: [], texts: [] });
        room = { bytes: batchBytes, count: batchCount };
      }
      const { inputs, parts, texts } = batches.at(-1) as (typeof batches)[number];
      if (isText) texts.push(parts.length);
      inputs.push(index);
      parts.push(part);
      room = { bytes: room.bytes - part.byteLength, count: room.count - documents };
    }
    index++;
  }
  return batches;
}

interface Part {
  readonly part: Uint8Array;
  readonly documents: number;
}

function partsOf(resource: ResourceInput, index: number): readonly (Part & { readonly isText: boolean })[] {
  const isText = typeof resource === 'string' || resource instanceof Uint8Array;
  const whole = serialise(resource, index);
  const parts: readonly Part[] = isText ? cutStream(whole) : [{ part: whole, documents: 1 }];
  return parts.map((each) => ({ ...each, isText }));
}

/**
 * Cuts a YAML stream into parts of at most as many documents as a request takes, where kubeconform itself would cut it: at
 * the end of a line that begins with `---` (pkg/resource, SplitYAMLDocument).
 */
function cutStream(stream: Uint8Array): readonly Part[] {
  const bytes = Buffer.from(stream.buffer, stream.byteOffset, stream.byteLength);
  const parts: Part[] = [];
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
