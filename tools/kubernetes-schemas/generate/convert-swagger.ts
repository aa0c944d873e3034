import type { Json, JsonSchema } from '../src/json-schema.ts';
import { kindKey } from '../src/kind-key.ts';
import type { KindSchema, SchemaSet } from './kind-schema.ts';
import { orNull } from './or-null.ts';
import { readScopes } from './read-scopes.ts';

interface GroupVersionKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** The parts of Kubernetes' OpenAPI v2 file that are read. */
export interface Swagger {
  readonly definitions: Readonly<Record<string, JsonSchema>>;
  readonly paths: JsonSchema;
}

const SPECIAL: Readonly<Record<string, JsonSchema>> = {
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': { type: ['integer', 'string'] },
  // Grammar: doc comment of Quantity in k8s.io/apimachinery/pkg/api/resource; blanks around it are trimmed.
  'io.k8s.apimachinery.pkg.api.resource.Quantity': {
    type: ['number', 'string'],
    pattern: '^\\s*[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?\\s*$',
  },
};

/** A Go []byte: standard base64, line breaks ignored (encoding/base64). */
const BASE64 = '^[A-Za-z0-9+/\\r\\n]*(=[\\r\\n]*){0,2}$';

const OR_NULL = '.orNull';

/**
 * Every built-in kind of one Kubernetes minor as strict JSON Schemas that share definitions. As in kubeconform's
 * standalone-strict flavour an object with declared fields is closed and an optional field may be null.
 */
export function convertSwagger(swagger: Swagger): SchemaSet {
  const definitions: Record<string, JsonSchema> = {};
  for (const name of Object.keys(swagger.definitions).sort()) {
    const schema = SPECIAL[name] ?? convert(swagger.definitions[name] as JsonSchema);
    definitions[name] = schema;
    definitions[name + OR_NULL] = orNull(schema);
  }
  const scopes = readScopes(swagger.paths);
  const kinds: KindSchema[] = [];
  for (const [name, definition] of Object.entries(swagger.definitions)) {
    const gvks = (definition['x-kubernetes-group-version-kind'] ?? []) as readonly unknown[] as GroupVersionKind[];
    const [gvk] = gvks;
    // DeleteOptions and WatchEvent carry every group: they are messages, not objects.
    if (gvk === undefined || gvks.length > 1) continue;
    const apiVersion = gvk.group === '' ? gvk.version : `${gvk.group}/${gvk.version}`;
    const place = scopes.get(kindKey(apiVersion, gvk.kind));
    kinds.push({
      apiVersion,
      kind: gvk.kind,
      scope: place?.scope ?? null,
      plural: place?.plural ?? null,
      schema: rootSchema(definitions[name] as JsonSchema, apiVersion, gvk.kind),
    });
  }
  return { definitions, kinds };
}

function rootSchema(schema: JsonSchema, apiVersion: string, kind: string): JsonSchema {
  const required = (schema.required ?? []) as readonly string[];
  return {
    ...schema,
    properties: {
      ...(schema.properties as JsonSchema),
      apiVersion: { type: 'string', enum: [apiVersion] },
      kind: { type: 'string', enum: [kind] },
    },
    required: [...new Set([...required, 'apiVersion', 'kind'])].sort(),
  };
}

function convert(node: JsonSchema): JsonSchema {
  if (typeof node.$ref === 'string') return { $ref: node.$ref };
  const out: Record<string, Json> = {};
  if (node.type !== undefined) out.type = node.type;
  if (node.format === 'date-time') out.format = 'date-time';
  if (node.format === 'byte') out.pattern = BASE64;
  if (node.required !== undefined) out.required = node.required;
  if (node.properties !== undefined) {
    const required = (node.required ?? []) as readonly string[];
    out.properties = Object.fromEntries(
      Object.entries(node.properties as Record<string, JsonSchema>).map(([key, child]) => [
        key,
        required.includes(key) ? convert(child) : optional(child),
      ]),
    );
    out.additionalProperties = false;
  }
  if (node.items !== undefined) out.items = convert(node.items as JsonSchema);
  if (typeof node.additionalProperties === 'object')
    out.additionalProperties = optional(node.additionalProperties as JsonSchema);
  return out;
}

function optional(node: JsonSchema): JsonSchema {
  return typeof node.$ref === 'string' ? { $ref: node.$ref + OR_NULL } : orNull(convert(node));
}
