import { hash } from 'node:crypto';
import { assembleSchema } from './assemble-schema.ts';
import { type CustomResourceDefinition, convertCrd } from './convert-crd.ts';
import { OBJECT_META, OBJECT_META_OR_NULL } from './convert-structural.ts';
import { isSchema, type Json, type JsonSchema } from './json-schema.ts';
import { kindKey } from './kind-key.ts';
import type { KindSchema } from './kind-schema.ts';
import type { DefinitionSource, KnownKind, SchemaLookup } from './load-schemas.ts';
import { orNull } from './or-null.ts';

/** A CustomResourceDefinition that somebody brings. */
export interface Definition {
  /** The object, as it is applied. */
  readonly object: JsonSchema;
  /** Who brings it, for messages: a template of a chart, a file. */
  readonly from: string;
}

/**
 * The schemas of the kinds that definitions define, and of no others. A definition that cannot be converted, since it is no
 * apiextensions.k8s.io/v1 CustomResourceDefinition with structural schemas, defines nothing here: the API server refuses it.
 * Of several definitions of one kind the first counts. Nothing is converted before it is asked for, and each version once.
 *
 * @param base schemas of the cluster's Kubernetes, for the metadata of objects
 */
export function definedSchemas(definitions: readonly Definition[], base: SchemaLookup): SchemaLookup {
  const kinds = new Map<string, Defined>();
  for (const definition of definitions) {
    for (const each of definedKinds(definition)) {
      const key = kindKey(each.apiVersion, each.kind);
      if (!kinds.has(key)) kinds.set(key, each);
    }
  }
  const find = (apiVersion: string, kind: string) => {
    const defined = kinds.get(kindKey(apiVersion, kind));
    const made = defined && schemaOf(defined, base);
    return made && { ...made, defined };
  };
  const describe = (apiVersion: string, kind: string): KnownKind | undefined => {
    const found = find(apiVersion, kind);
    if (found === undefined) return undefined;
    const { scope, plural, digest, defined } = found;
    return { apiVersion, kind, scope, plural, digest, source: sourceOf(defined) };
  };
  return {
    kubernetesVersion: base.kubernetesVersion,
    schema: (apiVersion, kind) => find(apiVersion, kind)?.schema,
    schemaBytes(apiVersion, kind) {
      const found = find(apiVersion, kind);
      return found && new TextEncoder().encode(JSON.stringify(found.schema));
    },
    scopeOf: (apiVersion, kind) => find(apiVersion, kind)?.scope ?? undefined,
    describe,
    listKinds: () =>
      [...kinds]
        .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
        .flatMap(([, { apiVersion, kind }]) => describe(apiVersion, kind) ?? []),
  };
}

function sourceOf({ from }: Defined): DefinitionSource {
  return { registry: 'definition', module: from, version: '' };
}

/** The schemas of `first`, and of `second` for the kinds that it has not. */
export function layeredSchemas(first: SchemaLookup, second: SchemaLookup): SchemaLookup {
  const of = (apiVersion: string, kind: string) => (first.describe(apiVersion, kind) === undefined ? second : first);
  return {
    kubernetesVersion: second.kubernetesVersion,
    schema: (apiVersion, kind) => of(apiVersion, kind).schema(apiVersion, kind),
    schemaBytes: (apiVersion, kind) => of(apiVersion, kind).schemaBytes(apiVersion, kind),
    scopeOf: (apiVersion, kind) => of(apiVersion, kind).scopeOf(apiVersion, kind),
    describe: (apiVersion, kind) => of(apiVersion, kind).describe(apiVersion, kind),
    listKinds: () => {
      const all = new Map(
        [...second.listKinds(), ...first.listKinds()].map((each) => [kindKey(each.apiVersion, each.kind), each]),
      );
      return [...all].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, each]) => each);
    },
  };
}

/** One served version of a definition. */
interface Defined {
  readonly apiVersion: string;
  readonly kind: string;
  readonly from: string;
  /** The definition with this version alone. */
  readonly definition: JsonSchema;
  /** What the definition says of the version: the same object for all clusters of a fleet. */
  readonly version: JsonSchema;
}

function definedKinds({ object, from }: Definition): readonly Defined[] {
  const { apiVersion, kind, spec } = object;
  if (apiVersion !== 'apiextensions.k8s.io/v1' || kind !== 'CustomResourceDefinition' || !isSchema(spec)) return [];
  const { group, names, versions } = spec;
  if (typeof group !== 'string' || !isSchema(names) || typeof names.kind !== 'string') return [];
  const defined = names.kind;
  return (Array.isArray(versions) ? (versions as readonly Json[]) : []).flatMap((version) =>
    isSchema(version) && version.served === true && typeof version.name === 'string'
      ? {
          apiVersion: `${group}/${version.name}`,
          kind: defined,
          from,
          definition: { ...object, spec: { ...spec, versions: [version] } },
          version,
        }
      : [],
  );
}

interface DefinedSchema extends KindSchema {
  /** sha256 of the schema's JSON text. */
  readonly digest: string;
}

const known = new WeakMap<object, Map<string, DefinedSchema | undefined>>();

function schemaOf({ definition, version }: Defined, base: SchemaLookup): DefinedSchema | undefined {
  const byMinor = known.get(version) ?? new Map<string, DefinedSchema | undefined>();
  known.set(version, byMinor);
  const minor = base.kubernetesVersion;
  if (!byMinor.has(minor)) byMinor.set(minor, convert(definition, base));
  return byMinor.get(minor);
}

/** What is no structural schema fails in any of its parts, or is nested too deep for a reader. */
function convert(definition: JsonSchema, base: SchemaLookup): DefinedSchema | undefined {
  const metadata = metadataDefinitions(base);
  try {
    const [made] = convertCrd(definition as unknown as CustomResourceDefinition);
    if (made === undefined) return undefined;
    const schema = assembleSchema(made.schema, metadata);
    return { ...made, schema, digest: hash('sha256', JSON.stringify(schema), 'hex') };
  } catch {
    return undefined;
  }
}

/** Custom resources carry the metadata of Kubernetes' own kinds, and those of the set have it: Flux's are always there. */
function metadataDefinitions(base: SchemaLookup): Record<string, JsonSchema> {
  const shared = base.schema('helm.toolkit.fluxcd.io/v2', 'HelmRelease')?.definitions;
  const definitions = shared as Readonly<Record<string, JsonSchema>>;
  return { ...definitions, [OBJECT_META_OR_NULL]: orNull(definitions[OBJECT_META] as JsonSchema) };
}
