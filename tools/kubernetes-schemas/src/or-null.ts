import type { Json, JsonSchema } from './json-schema.ts';

const LOGICAL = ['allOf', 'anyOf', 'oneOf', 'not'];

/**
 * The schema that also takes null. The API server drops a null from an object before it validates
 * (`PruneNonNullableNullsWithoutDefaults` for custom resources, Go's JSON decoder for built-in kinds), so an
 * optional key may be null. Rules that a null would break move behind an `else`.
 */
export function orNull(schema: JsonSchema): JsonSchema {
  if (schema.$ref !== undefined) return { anyOf: [schema, { type: 'null' }] };
  if (!['type', 'enum', ...LOGICAL].some((key) => schema[key] !== undefined)) return schema;
  const out: Record<string, Json> = {};
  const moved: Record<string, Json> = {};
  for (const [key, value] of Object.entries(schema)) {
    if (LOGICAL.includes(key)) moved[key] = value;
    else if (key === 'type') out.type = [...new Set([value as Json].flat().concat('null'))];
    else if (key === 'enum') out.enum = [...new Set((value as readonly Json[]).concat(null))];
    else out[key] = value;
  }
  if (Object.keys(moved).length > 0) {
    out.if = { type: 'null' };
    out.else = moved;
  }
  return out;
}

/** The schema that refuses null. */
export function notNull(schema: JsonSchema): JsonSchema {
  const refusal = { not: { type: 'null' } };
  return schema.not === undefined ? { ...schema, ...refusal } : { allOf: [schema, refusal] };
}
