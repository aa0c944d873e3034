import { createHash } from 'node:crypto';
import { brotliCompressSync, constants } from 'node:zlib';
import { assembleSchema } from '../src/assemble-schema.ts';
import type { JsonSchema } from '../src/json-schema.ts';
import { kindKey } from '../src/kind-key.ts';
import type { KindSchema } from '../src/kind-schema.ts';
import type { ManifestKind } from '../src/manifest.ts';

/** A kind with the index of the source it came from. */
export interface SourcedKind extends KindSchema {
  readonly source: number;
}

/** One set, ready to be written. */
export interface PackedSet {
  readonly bytes: Buffer;
  readonly kinds: Readonly<Record<string, ManifestKind>>;
}

/** Compresses the kinds with the definitions they reach, and digests each assembled schema. Two equal keys are an error. */
export function packSet(kinds: readonly SourcedKind[], definitions: Readonly<Record<string, JsonSchema>>): PackedSet {
  const entries: Record<string, ManifestKind> = {};
  const schemas: Record<string, JsonSchema> = {};
  const reached = new Set<string>();
  for (const kind of [...kinds].sort(byKey)) {
    const key = kindKey(kind.apiVersion, kind.kind);
    if (schemas[key] !== undefined) throw new Error(`${key} is defined twice`);
    const { definitions: closure, ...assembled } = assembleSchema(sorted(kind.schema), definitions);
    const schema = closure === undefined ? assembled : { ...assembled, definitions: sorted(closure as JsonSchema) };
    for (const name of Object.keys((closure ?? {}) as JsonSchema)) reached.add(name);
    schemas[key] = sorted(kind.schema);
    entries[key] = {
      scope: kind.scope,
      plural: kind.plural,
      source: kind.source,
      digest: sha256(JSON.stringify(schema)),
    };
  }
  const shared = Object.fromEntries([...reached].sort().map((name) => [name, sorted(definitions[name] as JsonSchema)]));
  const text = JSON.stringify({ definitions: shared, kinds: schemas });
  return { bytes: compress(text), kinds: entries };
}

function byKey(a: KindSchema, b: KindSchema): number {
  const [left, right] = [kindKey(a.apiVersion, a.kind), kindKey(b.apiVersion, b.kind)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function compress(text: string): Buffer {
  return brotliCompressSync(text, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: Buffer.byteLength(text),
    },
  });
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The same value with the keys of every object in code-unit order. */
function sorted<T>(value: T): T {
  if (Array.isArray(value)) return value.map(sorted) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return Object.fromEntries(entries.map(([key, child]) => [key, sorted(child)])) as T;
}
