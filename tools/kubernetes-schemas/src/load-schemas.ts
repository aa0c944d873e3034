import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { assembleSchema } from './assemble-schema.ts';
import type { JsonSchema } from './json-schema.ts';
import { kindKey } from './kind-key.ts';
import type { ManifestKind, ManifestSet, ManifestSource, Scope } from './manifest.ts';
import { readManifest } from './read-manifest.ts';

/** What to load. */
export interface LoadOptions {
  /** Kubernetes version of the cluster: `1.36`, `v1.36` or `1.36.4`. Only the minor counts. */
  readonly kubernetesVersion: string;
}

/** A kind that has a schema. */
export interface KnownKind {
  /** `v1`, `apps/v1`. */
  readonly apiVersion: string;
  readonly kind: string;
  /** null for what is never stored as an object of its own, such as `v1/PodList`. */
  readonly scope: Scope | null;
  /** Resource name, null where the kind has none. With the group it is the CustomResourceDefinition's name. */
  readonly plural: string | null;
  /** sha256 of the schema's JSON text. */
  readonly digest: string;
  /** What the schema was made from. */
  readonly source: ManifestSource | DefinitionSource;
}

/** A CustomResourceDefinition that somebody brings to the cluster. */
export interface DefinitionSource {
  readonly registry: 'definition';
  /** Who brings it. */
  readonly module: string;
  readonly version: '';
  readonly release?: undefined;
  readonly installed?: undefined;
}

/** The schemas of one Kubernetes minor and of every custom resource known here. Nothing is unpacked before it is asked for. */
export interface SchemaLookup {
  /** `1.36` */
  readonly kubernetesVersion: string;
  /** The self-contained strict JSON Schema (draft-07) of a kind, undefined where none is known. The same object each time. */
  schema(apiVersion: string, kind: string): JsonSchema | undefined;
  /** {@link schema} as UTF-8 JSON text. */
  schemaBytes(apiVersion: string, kind: string): Uint8Array | undefined;
  /** Whether objects of the kind live in a namespace; undefined where the kind is not known or is never stored. */
  scopeOf(apiVersion: string, kind: string): Scope | undefined;
  /** What the manifest says of a kind. */
  describe(apiVersion: string, kind: string): KnownKind | undefined;
  /** Every kind, sorted by apiVersion and kind. */
  listKinds(): readonly KnownKind[];
}

/** A Kubernetes minor that has no schemas here. */
export class UnsupportedKubernetesVersion extends Error {
  override readonly name = 'UnsupportedKubernetesVersion';
  readonly requested: string;
  readonly supported: readonly string[];

  constructor(requested: string, supported: readonly string[]) {
    super(`no schemas for Kubernetes ${requested}: there are schemas for ${supported.join(', ')}`);
    this.requested = requested;
    this.supported = supported;
  }
}

interface Entry {
  readonly apiVersion: string;
  readonly kind: string;
  readonly set: ManifestSet;
  readonly manifest: ManifestKind;
}

interface SetContent {
  readonly definitions: Readonly<Record<string, JsonSchema>>;
  readonly kinds: Readonly<Record<string, JsonSchema>>;
}

const contents = new Map<string, SetContent>();

/**
 * Opens the schemas for one Kubernetes minor.
 * @throws UnsupportedKubernetesVersion for a minor that is not in {@link supportedVersions}.
 * @throws TypeError for a version that is no string: as a number 1.30 would be 1.3.
 */
export function loadSchemas(options: LoadOptions): SchemaLookup {
  const kubernetesVersion: unknown = options?.kubernetesVersion;
  if (typeof kubernetesVersion !== 'string') {
    throw new TypeError('loadSchemas takes { kubernetesVersion } with a string, such as "1.36"');
  }
  const minor = /^v?(\d+\.\d+)(?:[.+-]|$)/.exec(kubernetesVersion)?.[1];
  if (minor === undefined || !supportedVersions().includes(minor)) {
    throw new UnsupportedKubernetesVersion(kubernetesVersion, supportedVersions());
  }
  const entries = index(minor);
  const schemas = new Map<string, JsonSchema>();

  function schema(apiVersion: string, kind: string): JsonSchema | undefined {
    const key = kindKey(apiVersion, kind);
    const entry = entries.get(key);
    if (entry === undefined) return undefined;
    const known = schemas.get(key);
    if (known !== undefined) return known;
    const { definitions, kinds } = readSet(entry.set.file);
    const assembled = assembleSchema(kinds[key] as JsonSchema, definitions);
    schemas.set(key, assembled);
    return assembled;
  }

  return {
    kubernetesVersion: minor,
    schema,
    schemaBytes(apiVersion, kind) {
      const found = schema(apiVersion, kind);
      return found === undefined ? undefined : new TextEncoder().encode(JSON.stringify(found));
    },
    scopeOf: (apiVersion, kind) => entries.get(kindKey(apiVersion, kind))?.manifest.scope ?? undefined,
    describe(apiVersion, kind) {
      const entry = entries.get(kindKey(apiVersion, kind));
      return entry === undefined ? undefined : known(entry);
    },
    listKinds: () => [...entries.values()].map(known),
  };
}

/** The Kubernetes minors that have schemas, newest first. */
export function supportedVersions(): readonly string[] {
  return readManifest()
    .sets.flatMap((set) => set.kubernetesVersion ?? [])
    .sort((a, b) => Number(b.split('.')[1]) - Number(a.split('.')[1]));
}

function index(minor: string): Map<string, Entry> {
  const entries = readManifest()
    .sets.filter((set) => set.kubernetesVersion === null || set.kubernetesVersion === minor)
    .flatMap((set) =>
      Object.entries(set.kinds).map(([key, manifest]): [string, Entry] => [key, entry(key, set, manifest)]),
    );
  return new Map(entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

function entry(key: string, set: ManifestSet, manifest: ManifestKind): Entry {
  const cut = key.lastIndexOf('/');
  return { apiVersion: key.slice(0, cut), kind: key.slice(cut + 1), set, manifest };
}

function known({ apiVersion, kind, set, manifest }: Entry): KnownKind {
  const { source, ...rest } = manifest;
  return { apiVersion, kind, ...rest, source: set.sources[source] as ManifestSource };
}

function readSet(file: string): SetContent {
  const cached = contents.get(file);
  if (cached !== undefined) return cached;
  const bytes = brotliDecompressSync(readFileSync(join(import.meta.dirname, '../data', file)));
  const content = JSON.parse(bytes.toString('utf8')) as SetContent;
  contents.set(file, content);
  return content;
}
