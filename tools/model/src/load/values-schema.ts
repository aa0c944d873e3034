import { createRequire } from 'node:module';
import type { Diagnostic } from '@fluxwright/diagnostics';
import type { JsonObject, JsonValue, SourceDocument } from '@fluxwright/documents';
import { checksOf, endlessPart, isObject, linearPattern, memo, mostChecks } from '@fluxwright/documents';
import type { Options, ValidateFunction } from 'ajv';
import type { Ajv2020 } from 'ajv/dist/2020.js';
import { compileFault, dialectFault, endlessFault, metaSchemaFault } from '../schema/schema-fault.ts';
import { type SchemaFinding, type SchemaFindings, schemaFindings } from '../schema/schema-findings.ts';
import { uniqueKeyword } from './unique-values.ts';

/** A component's values.schema.json, ready to check values; or why it is of no use. */
export type ValuesSchema =
  | { readonly ok: true; check(value: JsonObject): SchemaFindings }
  | { readonly ok: false; readonly diagnostic: Diagnostic };

/**
 * Makes a values.schema.json (JSON Schema 2020-12, references inside the file only) ready, once for each document. A
 * function that only says yes or no is made in less time than one that explains itself; that one is made for values that
 * are wrong. Both refuse what the meta-schema forbids, whatever the values are.
 */
export const valuesSchema = memo((schema: SourceDocument) => quickSchema(schema) ?? explainingSchema(schema));

/** The slow form of {@link valuesSchema}: its findings say what is wrong. */
export function explainingSchema(schema: SourceDocument): ValuesSchema {
  explaining ??= newAjv({ allErrors: true, verbose: true });
  const ajv = explaining;
  const fault = schemaFault(ajv, schema);
  if (fault !== undefined) return { ok: false, diagnostic: fault };
  const value = schema.value as JsonObject;
  let validate: ValidateFunction;
  try {
    validate = compile(ajv, value);
  } catch (error) {
    return { ok: false, diagnostic: compileFault(schema, error, (part) => compile(ajv, part)) };
  }
  return {
    ok: true,
    check: (value) =>
      judge(schema.value, value, () =>
        validate(plain(value)) ? noFindings : schemaFindings(validate.errors ?? [], value, schema.value),
      ),
  };
}

/** What the dialect and the meta-schema forbid. */
function schemaFault(ajv: Ajv2020, schema: SourceDocument): Diagnostic | undefined {
  const { value } = schema;
  if (!isObject(value)) return metaSchemaFault(schema, [{ kind: 'type', path: [], rule: 'be a map', note: '' }]);
  const fault = dialectFault(schema);
  if (fault !== undefined) return fault;
  if (ajv.validateSchema(value)) {
    const endless = endlessPart(value);
    return endless === undefined ? undefined : endlessFault(schema, endless);
  }
  return metaSchemaFault(schema, schemaFindings(ajv.errors ?? [], value).findings);
}

/** What `validate` found, or that it cannot be told within bounds. */
function judge(schema: JsonValue, value: JsonObject, validate: () => SchemaFindings): SchemaFindings {
  if (checksOf(schema, value) > mostChecks) return { findings: [tooMuchWork], more: 0 };
  try {
    return validate();
  } catch (error) {
    if (error instanceof RangeError) return { findings: [tooMuchWork], more: 0 };
    throw error;
  }
}

const noFindings: SchemaFindings = { findings: [], more: 0 };

/** Parts of a schema that refer to one another more than once double the work with each level. */
const tooMuchWork: SchemaFinding = {
  kind: 'invalid',
  path: [],
  rule: `be decided within ${mostChecks.toLocaleString('en')} checks of the schema`,
  note: 'the schema asks the same again and again',
  help: 'refer to each part of the schema once, or make the values smaller',
};

function quickSchema(schema: SourceDocument): ValuesSchema | undefined {
  try {
    quick ??= newAjv({ code: { optimize: false } });
    if (schemaFault(quick, schema) !== undefined) return undefined;
    const validate = compile(quick, schema.value as JsonObject);
    let explain: ValuesSchema | undefined;
    const check = (value: JsonObject): SchemaFindings =>
      judge(schema.value, value, () => {
        if (validate(plain(value))) return noFindings;
        explain ??= explainingSchema(schema);
        return explain.ok ? explain.check(value) : noFindings;
      });
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
    // Asked once, by schemaFault.
    validateSchema: false,
    // Whether a part may be put in the place of its reference takes ajv exponential time to tell.
    inlineRefs: false,
    ...options,
    code: {
      ...options.code,
      regExp: Object.assign((pattern: string) => linearPattern(pattern), { code: 'linearPattern' }),
    },
  });
  addFormats.default(ajv);
  // For component tests: why another value of a key need not change the output.
  ajv.addKeyword({ keyword: 'x-fluxwright-unwired', metaSchema: { type: 'string', minLength: 1 } });
  // No two clusters may have the value (docs/decisions/0025), or no two requests to one provider (0065).
  ajv.addKeyword({ keyword: uniqueKeyword, metaSchema: { enum: ['fleet', 'pair', 'provider'] } });
  // For the outputs of a contract: see isPlainOutput.
  ajv.addKeyword({ keyword: 'x-fluxwright-plain', metaSchema: { type: 'boolean' } });
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
