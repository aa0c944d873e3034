/** A JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A JSON Schema (draft-07) as a plain object. */
export type JsonSchema = { readonly [key: string]: Json };

/** True for a schema that is a map: `true` and `false` are schemas too, and say nothing of any field. */
export function isSchema(value: Json | undefined): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
