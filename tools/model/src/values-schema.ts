import { createRequire } from 'node:module';
import { type Diagnostic, diagnostic } from '@fluxwright/diagnostics';
import type { Options, ValidateFunction } from 'ajv';
import type { Ajv2020 } from 'ajv/dist/2020.js';
import { isObject } from './json-path.ts';
import { type SchemaFinding, schemaFindings } from './schema-findings.ts';
import type { JsonObject, JsonPath, JsonValue, SourceDocument } from './source-document.ts';

/** A component's values.schema.json, ready to check values; or why it is of no use. */
export type ValuesSchema =
  | { readonly ok: true; check(value: JsonObject): readonly SchemaFinding[] }
  | { readonly ok: false; readonly diagnostic: Diagnostic };

const compiled = new WeakMap<SourceDocument, ValuesSchema>();

/**
 * Makes a values.schema.json (JSON Schema 2020-12, references inside the file only) ready, once for each document. A
 * function that only says yes or no is made in a quarter of the time of one that explains itself and checks the schema
 * too; that one is made for values that are wrong.
 */
export function valuesSchema(schema: SourceDocument): ValuesSchema {
  const known = compiled.get(schema) ?? quickSchema(schema) ?? explainingSchema(schema);
  compiled.set(schema, known);
  return known;
}

/** The slow form of {@link valuesSchema}: it also finds keywords of the schema that have no meaning. */
export function explainingSchema(schema: SourceDocument): ValuesSchema {
  explaining ??= newAjv({ allErrors: true, verbose: true });
  const { value } = schema;
  if (!isObject(value)) return { ok: false, diagnostic: unusable(schema, [], 'this is no map') };
  if (!explaining.validateSchema(value)) {
    const [first] = schemaFindings(explaining.errors ?? [], value);
    return {
      ok: false,
      diagnostic: unusable(schema, first?.path ?? [], first?.rule === '' ? first.note : `must ${first?.rule}`),
    };
  }
  let validate: ValidateFunction;
  try {
    validate = compile(explaining, value);
  } catch (error) {
    const note = error instanceof Error ? error.message : String(error);
    return { ok: false, diagnostic: unusable(schema, [], note) };
  }
  return {
    ok: true,
    check: (value) => (validate(plain(value)) ? [] : schemaFindings(validate.errors ?? [], value, schema.value)),
  };
}

function unusable(schema: SourceDocument, path: JsonPath, note: string): Diagnostic {
  const message = `${schema.file} is not a JSON Schema that can be used`;
  const primary = schema.locate(path.length > 0 ? path : (referenceIn(schema.value, note) ?? []));
  return diagnostic('load/invalid-schema', { message, primary, note });
}

/** ajv names a reference that it cannot follow, not where it stands. */
function referenceIn(schema: JsonValue, message: string): JsonPath | undefined {
  if (schema === null || typeof schema !== 'object') return undefined;
  for (const [key, value] of Object.entries(schema)) {
    const step = Array.isArray(schema) ? Number(key) : key;
    if (key === '$ref' && typeof value === 'string' && message.includes(value)) return [step];
    const below = referenceIn(value, message);
    if (below !== undefined) return [step, ...below];
  }
  return undefined;
}

function quickSchema(schema: SourceDocument): ValuesSchema | undefined {
  try {
    if (!isObject(schema.value)) return undefined;
    quick ??= newAjv({ validateSchema: false, code: { optimize: false } });
    const validate = compile(quick, schema.value);
    let explain: ValuesSchema | undefined;
    const check = (value: JsonObject): readonly SchemaFinding[] => {
      if (validate(plain(value))) return [];
      explain ??= explainingSchema(schema);
      return explain.ok ? explain.check(value) : [];
    };
    return { ok: true, check };
  } catch {
    return undefined;
  }
}

/** ajv takes longer to load than a workspace, and Nx, which loads one on every command, checks no values. */
const require = createRequire(import.meta.url);

let quick: Ajv2020 | undefined;
let explaining: Ajv2020 | undefined;

/** One of a kind serves all schemas: each compiles the meta-schema of JSON Schema anew. */
function newAjv(options: Options): Ajv2020 {
  const { Ajv2020 } = require('ajv/dist/2020.js') as typeof import('ajv/dist/2020.js');
  const { default: addFormats } = require('ajv-formats') as typeof import('ajv-formats');
  const ajv = new Ajv2020({
    allowUnionTypes: true,
    strictTypes: false,
    strictRequired: false,
    ownProperties: true,
    logger: false,
    ...options,
  });
  addFormats.default(ajv);
  // For component tests: why another value of a key need not change the output.
  ajv.addKeyword({ keyword: 'x-fluxwright-unwired', metaSchema: { type: 'string', minLength: 1 } });
  ajv.addKeyword({ keyword: 'x-fluxwright-secret', metaSchema: { type: 'boolean' } });
  return ajv;
}

function compile(ajv: Ajv2020, schema: JsonObject): ValidateFunction {
  try {
    return ajv.compile(schema);
  } finally {
    // What is compiled stays so; the next schema may have the same $id.
    ajv.removeSchema(schema);
  }
}

/** ajv compares objects by their valueOf, which maps without prototype do not have. */
function plain(value: JsonValue): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}
