import { didYouMean, listWords } from '@fluxwright/diagnostics';
import { formatPath, isObject, type JsonPath, type JsonValue } from '@fluxwright/documents';
import { objectTitle } from '@fluxwright/kubernetes';
import { isSchema, type JsonSchema, loadSchemas, supportedVersions } from '@fluxwright/kubernetes-schemas';
import type { LintRule } from '../lint-rule.ts';

/**
 * The API server refuses a value that the definition of its kind does not allow: another type, a text that the field's pattern
 * does not take, an option that is none. kustomize-controller applies a folder as a whole, so everything beside it waits.
 * Values are those that kustomize-controller reads (docs/decisions/0021): `prune: yes` is the text "yes" to it. What
 * variables will put in is not known here.
 *
 * Source: config/crd/bases of the controllers of Flux 2.9. Types, patterns and options of the fields are the same in
 * kustomize-controller v1.6.0 and v1.7.3, helm-controller v1.4.0, source-controller v1.7.0 and notification-controller v1.6.0.
 */
export const mistypedField: LintRule = {
  code: 'lint/mistyped-field',
  isForeign: true,
  check: ({ tree }) =>
    tree.objects
      .filter(({ group }) => group === 'fluxcd.io' || group.endsWith('.fluxcd.io'))
      .flatMap((object) => {
        const schema = schemaOf(object.apiVersion, object.kind);
        if (schema === undefined) return [];
        return [...faultsIn(object.object, schema, [])].map(({ at, rule, note, help }) => ({
          object,
          at,
          message: `${formatPath(at)} of ${objectTitle(object)} must be ${rule}`,
          note,
          help,
        }));
      }),
};

let known: ReturnType<typeof loadSchemas> | undefined;

function schemaOf(apiVersion: string, kind: string): JsonSchema | undefined {
  known ??= loadSchemas({ kubernetesVersion: supportedVersions().at(-1) as string });
  return known.schema(apiVersion, kind);
}

interface FieldFault {
  readonly at: JsonPath;
  /** Ends a sentence: "must be …". */
  readonly rule: string;
  readonly note: string;
  readonly help: string;
}

function* faultsIn(value: JsonValue, schema: JsonSchema, at: JsonPath): Generator<FieldFault> {
  if (value === null || (typeof value === 'string' && isFilledLater(value))) return;
  const fault = typeFault(value, schema) ?? textFault(value, schema);
  if (fault !== undefined) yield { at, ...fault };
  else for (const [key, each, below] of partsOf(value, schema)) yield* faultsIn(each, below, [...at, key]);
}

/** What a value holds, each with the schema that is said of it. */
function* partsOf(value: JsonValue, schema: JsonSchema): Generator<[string | number, JsonValue, JsonSchema]> {
  if (Array.isArray(value)) {
    if (isSchema(schema.items)) for (const [index, item] of value.entries()) yield [index, item, schema.items];
  } else if (isObject(value)) {
    const properties = isSchema(schema.properties) ? schema.properties : {};
    for (const [key, each] of Object.entries(value)) {
      const below = Object.hasOwn(properties, key) ? properties[key] : schema.additionalProperties;
      if (isSchema(below)) yield [key, each, below];
    }
  }
}

/** A variable of a FluxKustomization around it, or a text that SOPS has encrypted. */
function isFilledLater(text: string): boolean {
  return text.includes('${') || text.startsWith('ENC[');
}

type Fault = Omit<FieldFault, 'at'>;

function typeFault(value: JsonValue, { type, pattern }: JsonSchema): Fault | undefined {
  const types = (Array.isArray(type) ? type : [type]).filter((each) => typeof each === 'string' && each !== 'null');
  const actual = typeOf(value);
  if (types.length === 0 || types.includes(actual) || (actual === 'integer' && types.includes('number')))
    return undefined;
  const rule = isDuration(pattern)
    ? 'a duration'
    : listWords(
        types.map((each) => words[String(each)] ?? String(each)),
        'or',
      );
  return {
    rule,
    note: `${read[actual] ?? actual} to kustomize-controller: the API server refuses it`,
    help: rewritten(value, types, pattern) ?? `write ${rule}`,
  };
}

const words: Readonly<Record<string, string>> = {
  boolean: 'true or false',
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  array: 'a list',
  object: 'a map',
};

/** What kustomize-controller takes a value for. */
const read: Readonly<Record<string, string>> = { ...words, boolean: 'a boolean' };

function typeOf(value: JsonValue): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

/** What was most likely meant, in the type that is wanted. */
function rewritten(value: JsonValue, types: readonly unknown[], pattern: unknown): string | undefined {
  if (typeof value === 'string') return unquoted(value, types);
  if (typeof value === 'object' || !types.includes('string')) return undefined;
  return isDuration(pattern) ? durationHelp(String(value)) : 'put it in quotes';
}

function unquoted(text: string, types: readonly unknown[]): string | undefined {
  const isTrue = /^(y|yes|on|true)$/i.test(text);
  const isFalse = /^(n|no|off|false)$/i.test(text);
  if (types.includes('boolean') && (isTrue || isFalse)) return `write ${isTrue}, without quotes`;
  const wantsNumber = types.includes('integer') || types.includes('number');
  return wantsNumber && /^-?\d+(\.\d+)?$/.test(text) ? `write ${text} without quotes` : undefined;
}

function isDuration(pattern: unknown): boolean {
  return typeof pattern === 'string' && pattern.includes('(ms|s|m|h)');
}

function durationHelp(text: string): string {
  const count = /^\d+(\.\d+)?/.exec(text)?.[0] ?? '5';
  return `write it with its unit, such as ${count}m or ${count}s`;
}

function textFault(value: JsonValue, { enum: options, pattern }: JsonSchema): Fault | undefined {
  if (typeof value !== 'string') return undefined;
  if (Array.isArray(options) && !options.includes(value)) {
    const names = options.filter((each) => typeof each === 'string');
    const rule = listWords(names, 'or');
    return {
      rule,
      note: 'the API server refuses any other',
      help: didYouMean(value, names) ?? `write ${rule}`,
    };
  }
  if (typeof pattern !== 'string' || new RegExp(pattern, 'u').test(value)) return undefined;
  const rule = isDuration(pattern) ? 'a duration' : `a text that matches ${pattern}`;
  return {
    rule,
    note: 'the API server refuses it',
    help: isDuration(pattern) ? durationHelp(value) : `write ${rule}`,
  };
}
