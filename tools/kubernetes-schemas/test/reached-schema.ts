import { isSchema, type Json, type JsonSchema } from '../src/json-schema.ts';

const below = new Set(['items', 'additionalProperties', 'not', 'allOf', 'anyOf', 'oneOf']);

/**
 * The schema without the properties that no object with these keys has: such objects break the same rules of it, at the same
 * places, since a property says nothing of an object that lacks it. To compile a schema takes as long as it is large, and an
 * example has few of its fields. A property with a default stays: who sets defaults adds it.
 */
export function reachedSchema(schema: JsonSchema, keys: ReadonlySet<string>): JsonSchema {
  return mapEntries(schema, (keyword, value) => {
    if (keyword === 'properties' && isSchema(value)) {
      const reached = Object.entries(value).filter(([key, field]) => keys.has(key) || hasDefault(field));
      return Object.fromEntries(reached.map(([key, field]) => [key, within(field, keys)]));
    }
    if (keyword === 'definitions' && isSchema(value)) return mapEntries(value, (_, each) => within(each, keys));
    return below.has(keyword) ? within(value, keys) : value;
  });
}

/** Every key in a value, at any depth. */
export function keysIn(value: Json): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = Array.isArray(value) ? [] : Object.keys(value);
  return [...own, ...Object.values(value).flatMap(keysIn)];
}

/** Every key in a default that the schema sets. */
export function keysOfDefaults(schema: Json): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([keyword, value]) =>
    keyword === 'default' ? keysIn(value) : keysOfDefaults(value),
  );
}

function within(value: Json, keys: ReadonlySet<string>): Json {
  if (Array.isArray(value)) return value.map((each) => within(each, keys));
  return isSchema(value) ? reachedSchema(value, keys) : value;
}

function hasDefault(field: Json): boolean {
  return isSchema(field) && field.default !== undefined;
}

function mapEntries(map: JsonSchema, make: (key: string, value: Json) => Json): JsonSchema {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, make(key, value)]));
}
