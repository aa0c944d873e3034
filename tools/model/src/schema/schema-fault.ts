import { type Diagnostic, diagnostic, didYouMean } from '@fluxwright/diagnostics';
import type { JsonObject, JsonPath, JsonValue, SourceDocument } from '@fluxwright/documents';
import { isObject } from '@fluxwright/documents';
import { definitionLabels } from './definition-label.ts';
import type { SchemaFinding } from './schema-findings.ts';

/** The only dialect that schemas of values are written in. */
export const dialect = 'https://json-schema.org/draft/2020-12/schema';

/** Tries whether a schema can be used; what it throws is why not. */
export type TryCompile = (schema: JsonObject) => void;

interface Place {
  readonly path: JsonPath;
  readonly part?: 'key' | 'value';
}

/** A schema that asks for another dialect, or says so in no text. */
export function dialectFault(schema: SourceDocument): Diagnostic | undefined {
  const named = isObject(schema.value) ? schema.value.$schema : undefined;
  if (named === undefined || named === dialect || named === `${dialect}#`) return undefined;
  const help = `write "$schema": "${dialect}", or leave it out`;
  return unusable(schema, { path: ['$schema'] }, { note: 'schemas of values are JSON Schema 2020-12', help });
}

/** What the meta-schema forbids: of several findings the one that lies deepest, since the others follow from it. */
export function metaSchemaFault(schema: SourceDocument, findings: readonly SchemaFinding[]): Diagnostic {
  const [first] = findings.toSorted((a, b) => b.path.length - a.path.length);
  const { path = [], rule = '', note = 'no JSON Schema', help } = first ?? {};
  const keyword = path.findLast((step) => typeof step === 'string' && keywords.includes(step));
  const advice = help ?? (keyword === undefined ? undefined : `what ${keyword} takes: ${validation}`);
  return unusable(schema, { path }, { note: rule === '' ? note : `must ${rule}`, ...(advice && { help: advice }) });
}

/** Parts that apply one another to one value without end, or deeper than can be followed. */
export function endlessFault(schema: SourceDocument, { path, note }: { path: JsonPath; note: string }): Diagnostic {
  const help = 'let parts hold one another by properties or items, so that each is for a smaller value';
  return unusable(schema, { path }, { note, help });
}

/** What keeps a schema from being compiled that keeps the meta-schema: the keyword of the innermost part that fails alone. */
export function compileFault(schema: SourceDocument, error: unknown, compile: TryCompile): Diagnostic {
  // References are compiled one in the other: a long chain runs out of stack.
  if (error instanceof RangeError) {
    return endlessFault(schema, { path: [], note: 'its parts refer to one another deeper than can be followed' });
  }
  const message = error instanceof Error ? error.message : String(error);
  const reference = referenceIn(schema.value, message);
  if (reference !== undefined) return referenceFault(schema, reference, message);
  const inner = innermost(schema.value, [], compile);
  const failure = inner.failure ?? message;
  const unknown = /unknown keyword: "(.*)"/s.exec(failure)?.[1];
  if (unknown !== undefined) {
    const help = didYouMean(unknown, keywords) ?? 'remove it; a keyword of your own begins with x- only in OpenAPI';
    return unusable(
      schema,
      { path: [...inner.path, unknown], part: 'key' },
      { note: 'no keyword of JSON Schema', help },
    );
  }
  const note = failure.replace(/^strict mode: /, '').replace(/ \(?(in schema )?at (path )?"?#[^"]*"?\)?.*$/s, '');
  return unusable(schema, { path: inner.path }, { note });
}

function referenceFault(schema: SourceDocument, path: JsonPath, message: string): Diagnostic {
  const target = String(
    path.reduce<JsonValue | undefined>((at, step) => (at as JsonObject | undefined)?.[step], schema.value),
  );
  const definitions = isObject(schema.value) && isObject(schema.value.$defs) ? Object.keys(schema.value.$defs) : [];
  const near = didYouMean(
    target,
    definitions.map((name) => `#/$defs/${name}`),
  );
  const help =
    near ??
    'references stay inside the file, "#/$defs/NAME", or name what all share, "../values.defs.json#/$defs/NAME"';
  return unusable(schema, { path }, { note: message.replace(/ from id .*$/s, ''), help });
}

function unusable(schema: SourceDocument, { path, part }: Place, said: { note: string; help?: string }): Diagnostic {
  const primary = schema.locate(path, part ?? 'value');
  const message = `${primary.file} is not a JSON Schema that can be used`;
  return diagnostic('load/invalid-schema', { message, primary, labels: definitionLabels(schema, path), ...said });
}

/** ajv names a reference that it cannot follow, not where it stands. */
function referenceIn(schema: JsonValue, message: string): JsonPath | undefined {
  if (!/reference|\$ref/.test(message) || schema === null || typeof schema !== 'object') return undefined;
  for (const [key, value] of Object.entries(schema)) {
    const step = Array.isArray(schema) ? Number(key) : key;
    if (key === '$ref' && typeof value === 'string' && value !== '' && message.includes(value)) return [step];
    const below = referenceIn(value, message);
    if (below !== undefined) return [step, ...below];
  }
  return undefined;
}

interface Innermost {
  readonly path: JsonPath;
  /** What it fails with when it is compiled alone. */
  readonly failure?: string;
}

/** The deepest part of a schema that cannot be compiled even alone, and the keyword of it that is to blame. */
function innermost(schema: JsonValue, path: JsonPath, compile: TryCompile): Innermost {
  if (!isObject(schema)) return { path };
  for (const [step, child] of children(schema)) {
    const failure = failureOf(child, compile);
    if (failure !== undefined) {
      const found = innermost(child, [...path, ...step], compile);
      return { failure, ...found };
    }
  }
  for (const key of Object.keys(schema)) {
    const { [key]: _, ...rest } = schema;
    if (failureOf(rest, compile) === undefined) return { path: [...path, key], ...failureIn(schema, compile) };
  }
  return { path, ...failureIn(schema, compile) };
}

function failureIn(schema: JsonObject, compile: TryCompile): { failure?: string } {
  const failure = failureOf(schema, compile);
  return failure === undefined ? {} : { failure };
}

function failureOf(schema: JsonValue, compile: TryCompile): string | undefined {
  try {
    if (isObject(schema)) compile(withoutReferences(schema) as JsonObject);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** A part of a schema cannot follow the references of the whole. */
function withoutReferences(schema: JsonValue): JsonValue {
  if (Array.isArray(schema)) return schema.map(withoutReferences);
  if (!isObject(schema)) return schema;
  const kept = Object.entries(schema).filter(([key, value]) => key !== '$ref' || typeof value !== 'string');
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutReferences(value)]));
}

/** Keywords that hold one schema, a list of them, or a map of them (JSON Schema 2020-12 core, §10). */
const single = ['items', 'additionalProperties', 'contains', 'not', 'if', 'then', 'else', 'propertyNames'];
const singleToo = ['unevaluatedProperties', 'unevaluatedItems', 'contentSchema'];
const lists = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const maps = ['properties', 'patternProperties', '$defs', 'dependentSchemas'];

function* children(schema: JsonObject): Generator<readonly [JsonPath, JsonValue]> {
  for (const key of [...single, ...singleToo]) if (schema[key] !== undefined) yield [[key], schema[key]];
  for (const key of [...lists, ...maps]) {
    for (const [step, each] of entriesOf(schema[key])) yield [[key, step], each];
  }
  // Definitions are compiled where something refers to them: one that holds further ones is good alone.
  for (const [name, { $defs }] of entriesOf(schema.$defs).filter(isDefinition)) {
    if (isObject($defs)) for (const [path, inner] of children({ $defs })) yield [['$defs', name, ...path], inner];
  }
}

function isDefinition(entry: readonly [string | number, JsonValue]): entry is [string, JsonObject] {
  return isObject(entry[1]);
}

function entriesOf(held: JsonValue | undefined): readonly (readonly [string | number, JsonValue])[] {
  if (Array.isArray(held)) return [...held.entries()];
  return isObject(held) ? Object.entries(held) : [];
}

const validation = 'https://json-schema.org/draft/2020-12/json-schema-validation';

/** The keywords of JSON Schema 2020-12, and our own. */
const keywords: readonly string[] = [
  ...single,
  ...singleToo,
  ...lists,
  ...maps,
  '$schema',
  '$id',
  '$ref',
  '$anchor',
  '$dynamicRef',
  '$dynamicAnchor',
  '$comment',
  '$vocabulary',
  'type',
  'enum',
  'const',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'pattern',
  'format',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minContains',
  'maxContains',
  'minProperties',
  'maxProperties',
  'required',
  'dependentRequired',
  'title',
  'description',
  'default',
  'examples',
  'deprecated',
  'readOnly',
  'writeOnly',
  'contentEncoding',
  'contentMediaType',
  'x-fluxwright-plain',
  'x-fluxwright-unique',
  'x-fluxwright-unwired',
  'x-fluxwright-secret',
];
