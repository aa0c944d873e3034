import { isObject, type JsonPath, type JsonValue, memo, referredSchema } from '@fluxwright/documents';
import { isSchema, type JsonSchema } from '@fluxwright/kubernetes-schemas';

/** A value of an object that its schema has rules for, and what the schema says of it. */
export interface SchemaPlace {
  readonly value: JsonValue;
  readonly path: JsonPath;
  /** All parts of the schema that have a say: the node itself, what it refers to, the branches of `anyOf` that optional keys have. */
  readonly schemas: readonly JsonSchema[];
}

/**
 * Every value of an object that its schema has rules for, keys of items or CEL, from the object itself down. Most of an object has
 * none, and is not walked: what a definition of a kind or the values of a release hold is large.
 */
export function schemaPlaces(value: JsonValue, root: JsonSchema): readonly SchemaPlace[] {
  const found: SchemaPlace[] = [];
  if (mayRule(root, root)) collect(found, root, { value, path: [], schemas: parts(root, root) });
  return found;
}

function collect(found: SchemaPlace[], root: JsonSchema, place: SchemaPlace): void {
  const { value, path, schemas } = place;
  if (schemas.some(hasRules)) found.push(place);
  const visit = (item: JsonValue, key: string | number, said: readonly JsonSchema[]): void => {
    if (!said.some((each) => mayRule(each, root))) return;
    collect(found, root, { value: item, path: [...path, key], schemas: said.flatMap((each) => parts(each, root)) });
  };
  if (Array.isArray(value)) {
    const items = schemas.flatMap((each) => (isSchema(each.items) ? [each.items] : []));
    for (const [index, item] of value.entries()) visit(item, index, items);
  } else if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      visit(
        item,
        key,
        schemas.flatMap((each) => propertyOf(each, key)),
      );
    }
  }
}

function hasRules(schema: JsonSchema): boolean {
  return schema['x-kubernetes-list-map-keys'] !== undefined || schema['x-kubernetes-validations'] !== undefined;
}

/** True where a schema, or one below it, has rules; found once for the objects of all clusters. */
const mayRule = memo((schema: JsonSchema, root: JsonSchema): boolean => {
  const seen = new Set<JsonSchema>();
  const open: JsonSchema[] = [schema];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    if (hasRules(next)) return true;
    const { properties, additionalProperties, items } = next;
    const below = [...Object.values(isSchema(properties) ? properties : {}), additionalProperties, items];
    open.push(...parts(next, root), ...below.filter(isSchema));
  }
  return false;
});

/** What a schema says of a key. */
export function propertyOf({ properties, additionalProperties }: JsonSchema, key: string): readonly JsonSchema[] {
  const named = isSchema(properties) && Object.hasOwn(properties, key) ? properties[key] : additionalProperties;
  return isSchema(named) ? [named] : [];
}

/** A schema with what it refers to: found once for the objects of all clusters. */
export const parts: (schema: JsonSchema, root: JsonSchema) => readonly JsonSchema[] = memo(
  (schema: JsonSchema, root: JsonSchema) => {
    const { $ref, anyOf } = schema;
    const referred = referredSchema($ref, root);
    // An optional reference stands in an anyOf beside null; other alternatives restrict, and declare nothing.
    const optional = Array.isArray(anyOf)
      ? anyOf.filter((each) => isSchema(each) && typeof each.$ref === 'string')
      : [];
    return [
      schema,
      ...(isSchema(referred) ? parts(referred, root) : []),
      ...optional.flatMap((each) => parts(each as JsonSchema, root)),
    ];
  },
);
