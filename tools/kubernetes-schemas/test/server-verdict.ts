import type { ValidateFunction } from 'ajv';
import type { JsonSchema } from '../src/json-schema.ts';
import { firstError } from './first-error.ts';

type Value = unknown;
type Fields = Record<string, Value>;

/**
 * What the API server does with a custom resource, step by step, over the definition as it is written: drop nulls,
 * set defaults, look for unknown fields (an error under strict
 * field validation) and for embedded objects without apiVersion and kind, validate. Nothing of the converter
 * is used here, so that the two can be compared. Source: apiextensions-apiserver/pkg/apiserver/schema/{defaulting,pruning}.
 *
 * @param rules the definition's openAPIV3Schema, compiled as it is
 * @returns the path and the rule that is broken, undefined for an object that the server takes
 */
export function serverVerdict(structural: JsonSchema, rules: ValidateFunction, object: Fields): string | undefined {
  const value = structuredClone(object);
  const fields = withRoot(structural);
  dropNulls(value, fields);
  setDefaults(value, fields);
  const [unknown] = unknownIn(value, fields, '');
  if (unknown !== undefined) return `${unknown} additionalProperties`;
  return rules(value) ? undefined : firstError(rules);
}

/** apiVersion, kind and metadata are the server's own: their contents are not looked at here. */
function withRoot(structural: JsonSchema): JsonSchema {
  const open = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
  const properties = { ...(structural.properties as JsonSchema), apiVersion: {}, kind: {}, metadata: open };
  return { ...structural, properties };
}

function fieldSchema(schema: JsonSchema | undefined, key: string): JsonSchema | undefined {
  const properties = schema?.properties as Record<string, JsonSchema> | undefined;
  if (properties !== undefined && Object.hasOwn(properties, key)) return properties[key];
  return typeof schema?.additionalProperties === 'object' ? (schema.additionalProperties as JsonSchema) : undefined;
}

function dropNulls(value: Value, schema: JsonSchema | undefined): void {
  if (Array.isArray(value)) for (const item of value) dropNulls(item, schema?.items as JsonSchema | undefined);
  else if (isFields(value)) {
    for (const key of Object.keys(value)) {
      const field = fieldSchema(schema, key);
      const dropped =
        value[key] === null && field !== undefined && field.nullable !== true && field.default === undefined;
      if (dropped) delete value[key];
      else dropNulls(value[key], field);
    }
  }
}

function setDefaults(value: Value, schema: JsonSchema | undefined): void {
  if (schema === undefined) return;
  if (Array.isArray(value)) for (const item of value) setDefaults(item, schema.items as JsonSchema | undefined);
  else if (isFields(value)) {
    for (const [key, field] of Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>)) {
      if (field.default === undefined) continue;
      if (!Object.hasOwn(value, key) || (value[key] === null && field.nullable !== true)) {
        value[key] = structuredClone(field.default);
      }
    }
    for (const key of Object.keys(value)) setDefaults(value[key], fieldSchema(schema, key));
  }
}

/** Paths that the server does not know or misses, from the first on. */
function* unknownIn(value: Value, schema: JsonSchema, path: string): Generator<string> {
  if (Array.isArray(value) && schema.items !== undefined)
    for (const item of value) yield* unknownIn(item, schema.items as JsonSchema, `${path}/[]`);
  if (!isFields(value)) return;
  const named = schema['x-kubernetes-embedded-resource'] === true ? ['apiVersion', 'kind'] : [];
  for (const key of named) if (typeof value[key] !== 'string') yield `${path}/${key}`;
  for (const key of Object.keys(value)) {
    const field = fieldSchema(schema, key);
    if (field !== undefined) yield* unknownIn(value[key], field, `${path}/${key}`);
    else if (!keepsUnknown(schema, key)) yield `${path}/${key}`;
  }
}

function keepsUnknown(schema: JsonSchema, key: string): boolean {
  return (
    isEmbedded(schema, key) ||
    schema['x-kubernetes-preserve-unknown-fields'] === true ||
    schema.additionalProperties === true
  );
}

function isEmbedded(schema: JsonSchema, key: string): boolean {
  return schema['x-kubernetes-embedded-resource'] === true && ['apiVersion', 'kind', 'metadata'].includes(key);
}

function isFields(value: Value): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
