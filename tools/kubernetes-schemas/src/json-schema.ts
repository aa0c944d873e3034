/** A JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A JSON Schema (draft-07) as a plain object. */
export type JsonSchema = { readonly [key: string]: Json };
