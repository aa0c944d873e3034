import fc, { type GeneratorValue } from 'fast-check';
import type { Json, JsonSchema } from '../src/json-schema.ts';

/**
 * An object of a schema: every required key and, at random, some of the others, along few branches so that it stays
 * small. It obeys types, enums, patterns and bounds; rules that join keys (oneOf of required keys, say) may fail, which
 * is as good a sample as any.
 */
export function generateExample(schema: JsonSchema, gen: GeneratorValue): Json {
  return example(schema, { gen, definitions: (schema.definitions ?? {}) as Record<string, JsonSchema> }, 0);
}

interface Context {
  readonly gen: GeneratorValue;
  readonly definitions: Readonly<Record<string, JsonSchema>>;
}

function example(given: JsonSchema, context: Context, depth: number): Json {
  const { gen } = context;
  const schema = resolve(given, context);
  if (Array.isArray(schema.enum)) return pick(gen, schema.enum as Json[]);
  switch (typeOf(schema, gen)) {
    case 'object':
      return objectExample(schema, context, depth);
    case 'array':
      return arrayExample(schema, context, depth);
    case 'string':
      return stringExample(schema, gen);
    case 'integer':
      return number(schema, gen, 1);
    case 'number':
      return number(schema, gen, 0.5);
    case 'boolean':
      return gen(fc.boolean);
    case 'null':
      return null;
    default:
      return { any: 'thing' };
  }
}

function resolve(schema: JsonSchema, context: Context): JsonSchema {
  if (typeof schema.$ref === 'string') return context.definitions[schema.$ref.slice('#/definitions/'.length)] ?? {};
  const [first] = (schema.oneOf ?? schema.anyOf ?? schema.allOf ?? []) as readonly JsonSchema[];
  if (schema.type !== undefined || schema.enum !== undefined || first === undefined) return schema;
  const branches = (schema.allOf ?? [
    pick(context.gen, (schema.oneOf ?? schema.anyOf) as JsonSchema[]),
  ]) as readonly JsonSchema[];
  return Object.assign({}, ...branches.map((branch) => resolve(branch, context))) as JsonSchema;
}

function typeOf(schema: JsonSchema, gen: GeneratorValue): Json | undefined {
  const types = [schema.type ?? (schema.properties === undefined ? undefined : 'object')].flat() as Json[];
  const solid = types.filter((type) => type !== 'null');
  return solid.length > 1 ? pick(gen, solid) : solid[0];
}

function objectExample(schema: JsonSchema, context: Context, depth: number): Json {
  const properties = (schema.properties ?? {}) as Record<string, JsonSchema>;
  const required = (schema.required ?? []) as readonly string[];
  const chosen = new Set(required.filter((key) => Object.hasOwn(properties, key)));
  const optional = Object.keys(properties).filter((key) => !chosen.has(key));
  const extra = depth > 12 ? 0 : context.gen(fc.nat, { max: depth < 2 ? 4 : 2 });
  if (depth === 0 && Object.hasOwn(properties, 'spec')) chosen.add('spec');
  for (let i = 0; i < extra && optional.length > 0; i++) chosen.add(pick(context.gen, optional));
  const out: Record<string, Json> = {};
  for (const key of chosen) out[key] = example(properties[key] as JsonSchema, context, depth + 1);
  if (typeof schema.additionalProperties === 'object' && schema.additionalProperties !== null && depth <= 12) {
    out.aKey = example(schema.additionalProperties as JsonSchema, context, depth + 1);
  }
  return out;
}

function arrayExample(schema: JsonSchema, context: Context, depth: number): Json {
  const least = (schema.minItems as number | undefined) ?? 0;
  const most = (schema.maxItems as number | undefined) ?? 8;
  const length = Math.min(most, Math.max(least, depth > 12 ? 0 : 1));
  return Array.from({ length }, () => example((schema.items ?? {}) as JsonSchema, context, depth + 1));
}

const FORMATS: Readonly<Record<string, string>> = {
  byte: 'aGVsbG8=',
  cidr: '192.0.2.0/24',
  date: '2026-01-02',
  'date-time': '2026-01-02T03:04:05Z',
  email: 'a@example.org',
  hostname: 'example.org',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  uri: 'https://example.org/a',
  uuid: '6f6d4f3e-7a55-4b0e-8a13-0d8f2c5f7a11',
};

function stringExample(schema: JsonSchema, gen: GeneratorValue): string {
  if (typeof schema.format === 'string' && FORMATS[schema.format] !== undefined)
    return FORMATS[schema.format] as string;
  const least = (schema.minLength as number | undefined) ?? 0;
  const most = (schema.maxLength as number | undefined) ?? Number.POSITIVE_INFINITY;
  const fits = (text: string) => text.length >= least && text.length <= most;
  if (typeof schema.pattern === 'string') {
    const pattern = readPattern(schema.pattern);
    if (pattern === undefined) return 'example';
    const common = ['a', 'example.org', '1', '10m', '1Gi', 'https://example.org', 'a-b'].filter(
      (text) => pattern.test(text) && fits(text),
    );
    if (common.length > 0) return pick(gen, common);
    const made = gen(() => fc.stringMatching(pattern, { size: 'small' }));
    return made;
  }
  return 'example'.padEnd(least, 'x').slice(0, most);
}

function number(schema: JsonSchema, gen: GeneratorValue, step: number): number {
  const least = (schema.minimum as number | undefined) ?? ((schema.exclusiveMinimum as number | undefined) ?? 0) + step;
  const most = (schema.maximum as number | undefined) ?? least + 100;
  return pick(gen, [least, Math.min(most, least + step), most]);
}

function pick<T>(gen: GeneratorValue, list: readonly T[]): T {
  return list[gen(fc.nat, { max: list.length - 1 })] as T;
}

/** undefined for what only Go's regular expressions can say, such as an inner `(?i)`. */
function readPattern(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern);
  } catch {
    return undefined;
  }
}
