import { createRequire } from 'node:module';
import { type Diagnostic, diagnostic } from '@fluxwright/diagnostics';
import type { ValidateFunction } from 'ajv';
import type { Ajv2020 } from 'ajv/dist/2020.js';
import { isObject } from './json-path.ts';
import { type SchemaFinding, schemaFindings } from './schema-findings.ts';
import type { JsonObject, JsonValue, SourceDocument } from './source-document.ts';

/** A component's values.schema.json, ready to check values; or why it is of no use. */
export type ValuesSchema =
  | { readonly ok: true; check(value: JsonObject): readonly SchemaFinding[] }
  | { readonly ok: false; readonly diagnostic: Diagnostic };

/** ajv takes longer to load than a workspace, and Nx, which loads one on every command, checks no values. */
const require = createRequire(import.meta.url);

let ajv: Ajv2020 | undefined;

const compiled = new WeakMap<SourceDocument, ValuesSchema>();

/** Compiles a values.schema.json (JSON Schema 2020-12, references inside the file only), once for each document. */
export function valuesSchema(schema: SourceDocument): ValuesSchema {
  const known = compiled.get(schema) ?? compileSchema(schema);
  compiled.set(schema, known);
  return known;
}

function compileSchema(schema: SourceDocument): ValuesSchema {
  let validate: ValidateFunction;
  try {
    if (!isObject(schema.value)) throw new Error('it is no map');
    ajv ??= valuesAjv();
    validate = ajv.compile(schema.value as object);
  } catch (error) {
    const note = error instanceof Error ? error.message : String(error);
    const message = `${schema.file} is not a JSON Schema that can be used`;
    return { ok: false, diagnostic: diagnostic('load/invalid-schema', { message, primary: schema.locate([]), note }) };
  }
  // What is compiled stays so; the next schema may have the same $id.
  ajv.removeSchema(schema.value as object);
  return {
    ok: true,
    check: (value) => (validate(plain(value)) ? [] : schemaFindings(validate.errors ?? [], value, schema.value)),
  };
}

/** One for all schemas: each would compile the meta-schema of JSON Schema again. */
function valuesAjv(): Ajv2020 {
  const made = new (require('ajv/dist/2020.js') as typeof import('ajv/dist/2020.js')).Ajv2020({
    allErrors: true,
    verbose: true,
    allowUnionTypes: true,
    strictTypes: false,
    ownProperties: true,
    logger: false,
  });
  (require('ajv-formats') as typeof import('ajv-formats')).default.default(made);
  return made;
}

/** ajv compares objects by their valueOf, which maps without prototype do not have. */
function plain(value: JsonValue): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}
