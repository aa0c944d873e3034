import { createRequire } from 'node:module';
import { isObject, type JsonObject, type JsonValue, referredSchema } from '@fluxwright/documents';

/**
 * A small value that a schema allows, as far as its usual keywords say: types, enum, const, pattern, format, bounds,
 * required keys. It may still break what conditions and combinations ask for; the caller checks it.
 */
export function sampleValue(root: JsonValue, schema: JsonValue | undefined, depth = 0): JsonValue {
  if (!isObject(schema) || depth > 8) return 'x';
  if (typeof schema.$ref === 'string') return sampleValue(root, referredSchema(schema.$ref, root), depth + 1);
  const [given] = [schema.const, schema.default, ...listOf(schema.enum), ...listOf(schema.examples)].filter(isGiven);
  if (given !== undefined) return given;
  const [branch] = [schema.oneOf, schema.anyOf, schema.allOf].flatMap(listOf);
  if (branch !== undefined && schema.type === undefined) return sampleValue(root, branch, depth + 1);
  switch (typeOf(schema)) {
    case 'object':
      return sampleObject(root, schema, depth);
    case 'array':
      return Array.from({ length: Number(schema.minItems ?? 0) }, () => sampleValue(root, schema.items, depth + 1));
    case 'integer':
    case 'number':
      return Number(schema.minimum ?? schema.maximum ?? 1);
    case 'boolean':
      return false;
    case 'null':
      return null;
    default:
      return sampleTexts(schema)[0] ?? 'x';
  }
}

/** Texts that keep a schema's pattern, format or length; always the same ones. */
export function sampleTexts(schema: JsonObject): readonly string[] {
  if (typeof schema.format === 'string') return formats[schema.format] ?? [];
  const { pattern, minLength } = schema;
  if (typeof pattern !== 'string') return ['changed', 'x'.repeat(Math.max(Number(minLength ?? 1), 1))];
  // The library takes a moment to load, and few keys need it.
  const { sample, stringMatching } = createRequire(import.meta.url)('fast-check') as typeof import('fast-check');
  try {
    return sample(stringMatching(new RegExp(pattern, 'u')), { seed: 1, numRuns: 20 });
  } catch {
    // It makes no texts for assertions that look ahead or back.
    return [];
  }
}

const formats: Readonly<Record<string, readonly string[]>> = {
  email: ['someone@example.com', 'other@example.com'],
  hostname: ['one.example.com', 'two.example.com'],
  uri: ['https://one.example.com/', 'https://two.example.com/'],
  ipv4: ['192.0.2.1', '192.0.2.2'],
  ipv6: ['2001:db8::1', '2001:db8::2'],
  date: ['2020-01-01', '2020-01-02'],
  'date-time': ['2020-01-01T00:00:00Z', '2020-01-02T00:00:00Z'],
  duration: ['PT1H', 'PT2H'],
  uuid: ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'],
};

function sampleObject(root: JsonValue, schema: JsonObject, depth: number): JsonObject {
  const properties = isObject(schema.properties) ? schema.properties : {};
  const required = listOf(schema.required).map(String);
  return Object.fromEntries(required.map((key) => [key, sampleValue(root, properties[key], depth + 1)]));
}

/** The type of a schema; of several the first that is not null. */
export function typeOf(schema: JsonObject): string {
  const types = Array.isArray(schema.type) ? schema.type.map(String) : [String(schema.type ?? '')];
  const [first = ''] = types.filter((each) => each !== 'null');
  if (first !== '') return first;
  if (schema.properties !== undefined || schema.additionalProperties !== undefined) return 'object';
  return schema.items === undefined ? '' : 'array';
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}

function isGiven(value: JsonValue | undefined): value is JsonValue {
  return value !== undefined;
}
