import { isSchema, type Json, type JsonSchema } from './json-schema.ts';
import { type Shape, schemaOfShape, shapeOf } from './shape.ts';
import { shareShapes } from './shared-shapes.ts';
import { typesOnly } from './types-only.ts';

/** The names and types of a CustomResourceDefinition: of each version that is served. */
export interface RecordedDefinition {
  /** `<plural>.<group>` */
  readonly name: string;
  readonly kind: string;
  readonly scope: 'Namespaced' | 'Cluster';
  readonly versions: readonly {
    readonly name: string;
    /** True of the version that objects are stored in. */
    readonly storage?: boolean;
    /** Of the object without apiVersion, kind and metadata; `any` where the definition says nothing. */
    readonly shape: Shape;
  }[];
}

export interface RecordedDefinitions {
  readonly definitions: readonly RecordedDefinition[];
  /** What several of them have in common. */
  readonly shapes: Readonly<Record<string, Shape>>;
}

/**
 * Names and types of definitions, sorted by name; descriptions and rules are left out. What is no apiextensions.k8s.io/v1
 * CustomResourceDefinition called `<plural>.<group>` is passed over: the API server refuses it.
 */
export function recordDefinitions(objects: readonly JsonSchema[]): RecordedDefinitions {
  const found = objects.flatMap((each) => readDefinition(each) ?? []).sort((a, b) => (a.name < b.name ? -1 : 1));
  const all = found.flatMap(({ kind, versions }) => versions.map(({ shape }) => [kind, shape] as const));
  const { shapes, shared } = shareShapes(all);
  const each = shapes.values();
  const definitions = found.map((definition) => ({
    ...definition,
    versions: definition.versions.map((version) => ({ ...version, shape: each.next().value as Shape })),
  }));
  return { definitions, shapes: shared };
}

/** Names and types of one definition, with nothing taken out. */
export function readDefinition(object: JsonSchema): RecordedDefinition | undefined {
  const { apiVersion, kind, metadata, spec } = object;
  if (apiVersion !== 'apiextensions.k8s.io/v1' || kind !== 'CustomResourceDefinition' || !isSchema(spec)) return;
  const { group, names, scope, versions } = spec;
  if (!isSchema(names) || typeof names.kind !== 'string' || !Array.isArray(versions)) return;
  const name = `${names.plural}.${group}`;
  if (!isSchema(metadata) || metadata.name !== name) return;
  return {
    name,
    kind: names.kind,
    scope: scope === 'Cluster' ? 'Cluster' : 'Namespaced',
    versions: (versions as readonly Json[]).filter(isSchema).flatMap((version) =>
      version.served === true && typeof version.name === 'string'
        ? {
            name: version.name,
            ...(version.storage === true ? { storage: true } : {}),
            shape: versionShape(version, spec.preserveUnknownFields === true),
          }
        : [],
    ),
  };
}

function versionShape({ schema, subresources }: JsonSchema, isOpen: boolean): Shape {
  const structural = isSchema(schema) ? schema.openAPIV3Schema : undefined;
  if (!isSchema(structural) || isOpen) return 'any';
  const {
    apiVersion: _a,
    kind: _k,
    metadata: _m,
    ...own
  } = isSchema(structural.properties) ? structural.properties : {};
  const isReset = isSchema(subresources) && subresources.status !== undefined && isSchema(own.status);
  const properties = isReset ? { ...own, status: typesOnly(own.status as JsonSchema) } : own;
  const { required, ...rest } = structural;
  const kept = (Array.isArray(required) ? required : []).filter((key) => Object.hasOwn(own, String(key)));
  return shapeOf({ ...rest, properties, ...(kept.length > 0 ? { required: kept as Json } : {}) });
}

/** A recorded definition as an object again. Throws for a shape that is none. */
export function definitionObject(
  { name, kind, scope, versions }: RecordedDefinition,
  shapes: Readonly<Record<string, Shape>>,
): JsonSchema {
  const [plural = ''] = name.split('.');
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name },
    spec: {
      group: name.slice(plural.length + 1),
      scope,
      names: { kind, plural },
      versions: versions.map((version) => ({
        name: version.name,
        served: true,
        storage: version.storage === true,
        schema: { openAPIV3Schema: rootSchema(schemaOfShape(version.shape, shapes)) },
      })),
    },
  };
}

/** The root of a definition is a map, also where it is open. */
function rootSchema(schema: JsonSchema): JsonSchema {
  return schema.type === 'object' ? schema : { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
}
