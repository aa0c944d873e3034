import { isObject, type JsonPath, type JsonValue, referredSchema } from '@fluxwright/documents';
import { isSchema, type JsonSchema } from '@fluxwright/kubernetes-schemas';

/** A value of an object and what its schema says of it. */
export interface SchemaPlace {
  readonly value: JsonValue;
  readonly path: JsonPath;
  /** All parts of the schema that have a say: the node itself, what it refers to, the branches of `anyOf` that optional keys have. */
  readonly schemas: readonly JsonSchema[];
}

/** Every value of an object that its schema describes, with what it says; from the object itself down. */
export function* schemaPlaces(
  value: JsonValue,
  root: JsonSchema,
  path: JsonPath = [],
  of: readonly JsonSchema[] = [root],
): Generator<SchemaPlace> {
  const schemas = of.flatMap((each) => parts(each, root));
  yield { value, path, schemas };
  if (Array.isArray(value)) {
    const items = schemas.flatMap((each) => (isSchema(each.items) ? [each.items] : []));
    if (items.length === 0) return;
    for (const [index, item] of value.entries()) yield* schemaPlaces(item, root, [...path, index], items);
  } else if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      const below = schemas.flatMap((each) => propertyOf(each, key));
      if (below.length > 0) yield* schemaPlaces(item, root, [...path, key], below);
    }
  }
}

/** What a schema says of a key. */
export function propertyOf({ properties, additionalProperties }: JsonSchema, key: string): readonly JsonSchema[] {
  const named = isSchema(properties) && Object.hasOwn(properties, key) ? properties[key] : additionalProperties;
  return isSchema(named) ? [named] : [];
}

/** A schema with what it refers to. */
export function parts(schema: JsonSchema, root: JsonSchema): readonly JsonSchema[] {
  const { $ref, anyOf } = schema;
  const referred = referredSchema($ref, root);
  // An optional reference stands in an anyOf beside null; other alternatives restrict, and declare nothing.
  const optional = Array.isArray(anyOf) ? anyOf.filter((each) => isSchema(each) && typeof each.$ref === 'string') : [];
  return [
    schema,
    ...(isSchema(referred) ? parts(referred, root) : []),
    ...optional.flatMap((each) => parts(each as JsonSchema, root)),
  ];
}
