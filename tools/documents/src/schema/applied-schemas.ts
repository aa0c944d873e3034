import { reach } from '../graph/reach.ts';
import { isObject } from '../value/json-path.ts';
import type { JsonObject, JsonValue } from '../value/source-document.ts';
import { linearPattern } from './linear-pattern.ts';
import { referredSchema } from './schema-reference.ts';

/** Keywords that apply their schema, or schemas, to the very value that the schema itself is for. */
const combinations = ['allOf', 'anyOf', 'oneOf'];
const conditions = ['if', 'then', 'else', 'not'];

/** Keywords for every other item or key of a value. */
const forAny = ['items', 'unevaluatedItems', 'contains'];
const forOtherKeys = ['additionalProperties', 'unevaluatedProperties'];

/**
 * The schemas that apply to the value which `schema` is for, other than itself: references and combinations of 2020-12
 * (https://json-schema.org/draft/2020-12/json-schema-core#section-10.2), one step, each as often as it stands.
 */
export function appliedInPlace(schema: JsonObject, root: JsonValue): readonly JsonObject[] {
  const referred = [schema.$ref, schema.$dynamicRef].map((ref) => referredSchema(ref, root));
  const combined = combinations.flatMap((keyword) => {
    const list = schema[keyword];
    return Array.isArray(list) ? (list as readonly JsonValue[]) : [];
  });
  const dependent = isObject(schema.dependentSchemas) ? Object.values(schema.dependentSchemas) : [];
  const conditional = conditions.map((keyword) => schema[keyword]);
  return [...referred, ...combined, ...conditional, ...dependent].filter(isObject);
}

/** The schemas that `schema`, which is for a list or map, applies to its item or key `key`. */
export function appliedToChild(schema: JsonObject, key: string | number): readonly JsonObject[] {
  if (typeof key === 'number') {
    const { prefixItems } = schema;
    const own = Array.isArray(prefixItems) ? [prefixItems[key] as JsonValue | undefined] : [];
    return [...own, ...forAny.map((keyword) => schema[keyword])].filter(isObject);
  }
  const named = isObject(schema.properties) && Object.hasOwn(schema.properties, key) ? [schema.properties[key]] : [];
  const patterns = isObject(schema.patternProperties) ? Object.entries(schema.patternProperties) : [];
  const matched = patterns.filter(([pattern]) => fits(pattern, key)).map(([, each]) => each);
  const own = [...named, ...matched];
  return (own.length > 0 ? own : forOtherKeys.map((keyword) => schema[keyword])).filter(isObject);
}

/** What is no pattern is the schema's fault, and is told where that is checked. */
function fits(pattern: string, key: string): boolean {
  try {
    return linearPattern(pattern).test(key);
  } catch {
    return true;
  }
}

/** A schema and all that apply with it to one value, each once. */
export function allInPlace(schemas: Iterable<JsonObject>, root: JsonValue): ReadonlySet<JsonObject> {
  return reach(schemas, (schema) => appliedInPlace(schema, root));
}
