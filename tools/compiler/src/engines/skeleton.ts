import { isObject, type JsonObject, type JsonValue, referredSchema } from '@fluxwright/documents';
import { isSchema, type JsonSchema } from '@fluxwright/kubernetes-schemas';

/** A value with '' for every text, and null for every value, that its schema takes whatever it is. */
export type Skeleton = (value: JsonValue) => JsonValue;

/** Keywords that say nothing about the text of a string. Any other one may, so what it stands over is kept as it is. */
const structural = new Set([
  'type',
  'properties',
  'required',
  'additionalProperties',
  'items',
  '$schema',
  'definitions',
]);
const annotations = new Set(['description', 'title', 'default', 'examples']);

/**
 * Makes the skeletons of a kind's objects. Two objects with one skeleton break the same rules at the same places: clusters
 * differ in names, domains and addresses, and most of these no schema looks at, so one verdict serves a fleet. This holds
 * because a string under nothing but structural keywords can break none but `type`
 * (https://json-schema.org/draft-07/json-schema-validation).
 */
export function skeletonOf(root: JsonSchema): Skeleton {
  const made = new Map<JsonSchema, Skeleton>();
  const of = (schema: JsonSchema): Skeleton => {
    const known = made.get(schema);
    if (known !== undefined) return known;
    let skeleton: Skeleton | undefined;
    // Schemas refer to themselves: what is below is made when it is first met.
    const lazy: Skeleton = (value) => {
      skeleton ??= make(schema);
      return skeleton(value);
    };
    made.set(schema, lazy);
    return lazy;
  };
  const make = (schema: JsonSchema): Skeleton => {
    // Draft 7 ignores what stands beside a reference.
    if (typeof schema.$ref === 'string') return of(referred(root, schema.$ref));
    if (!Object.keys(schema).every(isHarmless)) return (value) => value;
    const { properties, additionalProperties, items } = schema;
    const named = isSchema(properties) ? properties : {};
    const below = (key: string): Skeleton | undefined => {
      const found = Object.hasOwn(named, key) ? named[key] : additionalProperties;
      return isSchema(found) ? of(found) : undefined;
    };
    const item = isSchema(items) ? of(items) : undefined;
    return (value) => {
      if (typeof value === 'string') return '';
      if (Array.isArray(value)) return value.map((each) => item?.(each) ?? null);
      return isObject(value) ? mapValues(value, below) : value;
    };
  };
  return of(root);
}

function isHarmless(keyword: string): boolean {
  return structural.has(keyword) || annotations.has(keyword) || keyword.startsWith('x-');
}

function referred(root: JsonSchema, reference: string): JsonSchema {
  const found = referredSchema(reference, root);
  if (!isSchema(found)) throw new Error(`the schema has no ${reference}`);
  return found;
}

/** In pairs, because `__proto__` is a key like any other. */
function mapValues(map: JsonObject, below: (key: string) => Skeleton | undefined): JsonValue {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, below(key)?.(value) ?? null]));
}
