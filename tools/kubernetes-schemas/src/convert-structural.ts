import { isSchema, type Json, type JsonSchema } from './json-schema.ts';
import { logicalRules } from './logical-rules.ts';
import { notNull, orNull } from './or-null.ts';
import { serverRules } from './server-rules.ts';
import { typeRule, valueRules } from './value-rules.ts';

/** Definition that object metadata refers to. */
export const OBJECT_META = 'ObjectMeta';

/** Definition that the metadata of an embedded object refers to. */
export const OBJECT_META_OR_NULL = 'ObjectMeta.orNull';

/**
 * A structural schema of a CustomResourceDefinition as a strict JSON Schema: an object is closed exactly where the
 * API server would prune unknown keys, a key with a default is not required (defaults are set before validation),
 * and null is allowed where the server drops it. CEL rules, keys of lists and defaults are kept beside.
 *
 * Source: "Extend the Kubernetes API with CustomResourceDefinitions", sections on structural schemas, pruning,
 * defaulting and nullable; package apiextensions-apiserver/pkg/apiserver/schema.
 */
export function convertStructural(node: JsonSchema): JsonSchema {
  const out = { ...valueRules(node), ...children(node), ...typeRule(node), ...serverRules(node), ...defaultOf(node) };
  const logical = logicalRules(node);
  const strict = node['x-kubernetes-embedded-resource'] === true ? embedded(out) : out;
  const schema = { ...closed(node, strict), ...logical };
  // The server holds a null against an enum and finds it in none, not even in one that lists it.
  return node.nullable === true && node.enum === undefined ? orNull(schema) : schema;
}

/** CEL rules see a value with its defaults, and so do the keys of a list. */
function defaultOf(node: JsonSchema): JsonSchema {
  return node.default === undefined ? {} : { default: node.default };
}

function requiredKeys(node: JsonSchema): string[] {
  const properties = (node.properties ?? {}) as Record<string, JsonSchema>;
  const required = (node.required ?? []) as readonly string[];
  return required.filter((key) => properties[key]?.default === undefined);
}

function children(node: JsonSchema): JsonSchema {
  const out: Record<string, Json> = {};
  const required = requiredKeys(node);
  if (required.length > 0) out.required = required;
  if (node.properties !== undefined) {
    out.properties = mapValues(node.properties as Record<string, JsonSchema>, (child, key) =>
      required.includes(key) ? present(child) : droppable(child),
    );
  }
  if (isSchema(node.items)) out.items = convertStructural(node.items);
  if (isSchema(node.additionalProperties)) {
    out.additionalProperties = droppable(node.additionalProperties);
  }
  return out;
}

/** A null is dropped, but not one that is declared. */
function droppable(child: JsonSchema): JsonSchema {
  const converted = convertStructural(child);
  return child.nullable === true ? converted : orNull(converted);
}

/** A null is no value, also where the definition names no type. */
function present(child: JsonSchema): JsonSchema {
  const converted = convertStructural(child);
  return converted.type === undefined && child.nullable !== true ? notNull(converted) : converted;
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
      apiVersion: { type: 'string', minLength: 1 },
      kind: { type: 'string', minLength: 1 },
      metadata: { $ref: `#/definitions/${OBJECT_META_OR_NULL}` },
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
