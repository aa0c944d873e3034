import type { JsonObject, JsonValue } from '@fluxwright/documents';
import { emptyMap, isObject, referredSchema } from '@fluxwright/documents';

/** `value` plus null for every property that its schema declares and it lacks, in nested maps and in maps of lists too. */
export function declaredNulls(value: JsonObject, schema: JsonValue): JsonObject {
  return fillMap(value, schemasAt(schema, schema), schema);
}

function fill(value: JsonValue, schemas: readonly JsonObject[], root: JsonValue): JsonValue {
  if (schemas.length === 0) return value;
  if (isObject(value)) return fillMap(value, schemas, root);
  if (!Array.isArray(value)) return value;
  const items = schemas.flatMap((schema) => schemasAt(schema.items, root));
  return items.length === 0 ? value : value.map((item: JsonValue) => fill(item, items, root));
}

function fillMap(value: JsonObject, schemas: readonly JsonObject[], root: JsonValue): JsonObject {
  const filled: Record<string, JsonValue> = Object.assign(emptyMap(), value);
  for (const key of new Set([
    ...schemas.flatMap((schema) => Object.keys(propertiesOf(schema))),
    ...Object.keys(value),
  ])) {
    const current = filled[key];
    if (current === undefined) filled[key] = null;
    else if (typeof current === 'object') filled[key] = fill(current, propertySchemas(key, schemas, root), root);
  }
  return filled;
}

function propertySchemas(key: string, schemas: readonly JsonObject[], root: JsonValue): readonly JsonObject[] {
  return schemas.flatMap((schema) => {
    const properties = propertiesOf(schema);
    return schemasAt(Object.hasOwn(properties, key) ? properties[key] : schema.additionalProperties, root);
  });
}

function propertiesOf(schema: JsonObject): JsonObject {
  return isObject(schema.properties) ? schema.properties : {};
}

/** A schema and those that hold with it or instead of it, local references followed. */
function schemasAt(
  schema: JsonValue | undefined,
  root: JsonValue,
  seen: readonly JsonValue[] = [],
): readonly JsonObject[] {
  if (!isObject(schema) || seen.includes(schema)) return [];
  const { $ref, allOf, anyOf, oneOf } = schema;
  const target = referredSchema($ref, root);
  const others = [target, ...[allOf, anyOf, oneOf].flatMap((list) => (Array.isArray(list) ? list : []))];
  return [schema, ...others.flatMap((other) => schemasAt(other, root, [...seen, schema]))];
}
