import type { Json, JsonSchema } from '../src/json-schema.ts';
import { orNull } from './or-null.ts';

const VALUE_RULES = [
  'enum',
  'maximum',
  'maxItems',
  'maxLength',
  'maxProperties',
  'minimum',
  'minItems',
  'minLength',
  'minProperties',
  'multipleOf',
  'pattern',
  'uniqueItems',
];

/** Formats that mean the same to the API server and to a JSON Schema validator; all others are only hints. */
const FORMATS = ['date', 'date-time', 'duration', 'email', 'hostname', 'ipv4', 'ipv6', 'uri', 'uuid'];

/** Definition that object metadata refers to. */
export const OBJECT_META = 'ObjectMeta';

/**
 * A structural schema of a CustomResourceDefinition as a strict JSON Schema: an object is closed exactly where the
 * API server would prune unknown keys, a key with a default is not required (defaults are set before validation),
 * and null is allowed where the server drops it. CEL rules and list semantics are left out.
 *
 * Source: "Extend the Kubernetes API with CustomResourceDefinitions", sections on structural schemas, pruning,
 * defaulting and nullable; package apiextensions-apiserver/pkg/apiserver/schema.
 */
export function convertStructural(node: JsonSchema): JsonSchema {
  const out = { ...valueRules(node), ...children(node, convertStructural), ...typeRule(node) };
  const logical = logicalRules(node);
  const strict = node['x-kubernetes-embedded-resource'] === true ? embedded(out) : out;
  const schema = { ...closed(node, strict), ...logical };
  return node.nullable === true ? orNull(schema) : schema;
}

function valueRules(node: JsonSchema): JsonSchema {
  const out: Record<string, Json> = {};
  for (const key of VALUE_RULES) if (node[key] !== undefined) out[key] = node[key];
  if (typeof node.format === 'string' && FORMATS.includes(node.format)) out.format = node.format;
  exclusive(out, node, 'minimum', 'exclusiveMinimum');
  exclusive(out, node, 'maximum', 'exclusiveMaximum');
  const required = requiredKeys(node);
  if (required.length > 0) out.required = required;
  return out;
}

/** OpenAPI v3.0 says `exclusiveMinimum: true` beside `minimum`; JSON Schema puts the number there. */
function exclusive(out: Record<string, Json>, node: JsonSchema, bound: string, key: string): void {
  if (node[key] !== true || node[bound] === undefined) return;
  out[key] = node[bound];
  delete out[bound];
}

function requiredKeys(node: JsonSchema): string[] {
  const properties = (node.properties ?? {}) as Record<string, JsonSchema>;
  const required = (node.required ?? []) as readonly string[];
  return required.filter((key) => properties[key]?.default === undefined);
}

function children(node: JsonSchema, convert: (child: JsonSchema) => JsonSchema): JsonSchema {
  const out: Record<string, Json> = {};
  if (node.properties !== undefined) {
    const required = requiredKeys(node);
    out.properties = mapValues(node.properties as Record<string, JsonSchema>, (child, key) =>
      required.includes(key) ? convert(child) : orNull(convert(child)),
    );
  }
  if (isObject(node.items)) out.items = convert(node.items);
  if (isObject(node.additionalProperties)) out.additionalProperties = orNull(convert(node.additionalProperties));
  return out;
}

function typeRule(node: JsonSchema): JsonSchema {
  if (node['x-kubernetes-int-or-string'] === true) return { type: ['integer', 'string'] };
  return node.type === undefined ? {} : { type: node.type };
}

/** Rules inside allOf, anyOf, oneOf and not restrict values; they declare no fields, so nothing in them is closed. */
function logicalRules(node: JsonSchema): JsonSchema {
  const out: Record<string, Json> = {};
  for (const key of ['allOf', 'anyOf', 'oneOf']) {
    const branches = node[key] as readonly JsonSchema[] | undefined;
    if (branches === undefined || (key === 'anyOf' && isIntOrString(node))) continue;
    out[key] = branches.map(restriction);
  }
  if (isObject(node.not)) out.not = restriction(node.not);
  return out;
}

function restriction(node: JsonSchema): JsonSchema {
  const inner: Record<string, Json> = { ...valueRules(node), ...typeRule(node) };
  if (node.required !== undefined) inner.required = node.required;
  if (node.properties !== undefined) {
    inner.properties = mapValues(node.properties as Record<string, JsonSchema>, restriction);
  }
  if (isObject(node.items)) inner.items = restriction(node.items);
  if (isObject(node.additionalProperties)) inner.additionalProperties = restriction(node.additionalProperties);
  return { ...inner, ...logicalRules(node) };
}

function isIntOrString(node: JsonSchema): boolean {
  return node['x-kubernetes-int-or-string'] === true;
}

function closed(node: JsonSchema, schema: JsonSchema): JsonSchema {
  const open =
    node.type !== 'object' ||
    node['x-kubernetes-preserve-unknown-fields'] === true ||
    (node.additionalProperties !== undefined && node.additionalProperties !== false);
  return open ? schema : { ...schema, additionalProperties: false };
}

/** An embedded resource is a whole object: the API server checks its apiVersion, kind and metadata by itself. */
function embedded(schema: JsonSchema): JsonSchema {
  const properties = (schema.properties ?? {}) as Record<string, JsonSchema>;
  const required = (schema.required ?? []) as readonly string[];
  return {
    ...schema,
    properties: {
      ...properties,
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: { $ref: `#/definitions/${OBJECT_META}` },
    },
    required: [...new Set([...required, 'apiVersion', 'kind'])],
  };
}

function mapValues(
  record: Readonly<Record<string, JsonSchema>>,
  convert: (child: JsonSchema, key: string) => JsonSchema,
): JsonSchema {
  return Object.fromEntries(Object.entries(record).map(([key, child]) => [key, convert(child, key)]));
}

function isObject(value: Json | undefined): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
