import { convertStructural, OBJECT_META } from './convert-structural.ts';
import type { Json, JsonSchema } from './json-schema.ts';
import type { KindSchema } from './kind-schema.ts';
import type { Scope } from './manifest.ts';
import { typesOnly } from './types-only.ts';

/** The parts of an apiextensions.k8s.io/v1 CustomResourceDefinition that are read. */
export interface CustomResourceDefinition {
  readonly kind: 'CustomResourceDefinition';
  readonly spec: {
    readonly group: string;
    readonly scope: Scope;
    readonly names: { readonly kind: string; readonly plural: string };
    readonly preserveUnknownFields?: boolean;
    readonly versions: readonly {
      readonly name: string;
      readonly served: boolean;
      readonly schema?: { readonly openAPIV3Schema?: JsonSchema };
      readonly subresources?: { readonly status?: object };
    }[];
  };
}

/** One schema for each served version. A version without a schema takes any object. */
export function convertCrd(crd: CustomResourceDefinition): KindSchema[] {
  const { group, names, scope, versions } = crd.spec;
  return versions
    .filter((version) => version.served)
    .map((version) => {
      const apiVersion = `${group}/${version.name}`;
      const structural = version.schema?.openAPIV3Schema ?? {
        type: 'object',
        'x-kubernetes-preserve-unknown-fields': true,
      };
      const open = crd.spec.preserveUnknownFields === true;
      const judged = version.subresources?.status === undefined ? structural : withoutStatusRules(structural);
      return {
        apiVersion,
        kind: names.kind,
        scope,
        plural: names.plural,
        schema: rootSchema(open ? opened(judged) : judged, apiVersion, names.kind),
      };
    });
}

/**
 * The server adds apiVersion, kind and metadata to the root whether the definition names them or not, and checks
 * metadata against its own type; what a definition says of metadata (a name pattern, say) holds besides.
 */
function rootSchema(structural: JsonSchema, apiVersion: string, kind: string): JsonSchema {
  const properties = (structural.properties ?? {}) as Record<string, JsonSchema>;
  const { apiVersion: _a, kind: _k, metadata, ...own } = properties;
  const converted = convertStructural({ ...structural, properties: own });
  const required = new Set(['apiVersion', 'kind', ...((converted.required ?? []) as readonly string[])]);
  return {
    ...converted,
    properties: {
      apiVersion: { type: 'string', enum: [apiVersion] },
      kind: { type: 'string', enum: [kind] },
      metadata: metadataSchema(metadata),
      ...(converted.properties as JsonSchema),
    },
    required: [...required].sort(),
  };
}

function metadataSchema(extra: JsonSchema | undefined): JsonSchema {
  const reference = { $ref: `#/definitions/${OBJECT_META}` };
  if (extra?.properties === undefined) return reference;
  const { additionalProperties: _closed, ...rules } = convertStructural(extra);
  return { allOf: [reference, rules] };
}

/** With a status of its own, the server forgets what an object says there once it has read it. */
function withoutStatusRules(structural: JsonSchema): JsonSchema {
  const properties = (structural.properties ?? {}) as Record<string, JsonSchema>;
  if (properties.status === undefined) return structural;
  return { ...structural, properties: { ...properties, status: typesOnly(properties.status) } };
}

/** `spec.preserveUnknownFields: true` keeps every unknown key of every object. */
function opened(node: JsonSchema): JsonSchema {
  const out: Record<string, Json> = { ...node };
  if (node.type === 'object' && node.additionalProperties === undefined) {
    out['x-kubernetes-preserve-unknown-fields'] = true;
  }
  const properties = node.properties as Record<string, JsonSchema> | undefined;
  if (properties !== undefined) {
    out.properties = Object.fromEntries(Object.entries(properties).map(([key, child]) => [key, opened(child)]));
  }
  for (const key of ['items', 'additionalProperties']) {
    if (typeof node[key] === 'object') out[key] = opened(node[key] as JsonSchema);
  }
  return out;
}
