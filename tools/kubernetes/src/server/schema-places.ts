import { isObject, type JsonPath, type JsonValue, memo, referredSchema } from '@fluxwright/documents';
import { isSchema, type JsonSchema } from '@fluxwright/kubernetes-schemas';

/** A value of an object and what its schema says of it. */
export interface SchemaPlace {
  readonly value: JsonValue;
  readonly path: JsonPath;
  /** All parts of the schema that have a say: the node itself, what it refers to, the branches of `anyOf` that optional keys have. */
  readonly schemas: readonly JsonSchema[];
}

/** Every value of an object that its schema describes, with what it says; from the object itself down. */
export function schemaPlaces(value: JsonValue, root: JsonSchema): readonly SchemaPlace[] {
  const found: SchemaPlace[] = [];
  collect(found, root, { value, path: [], schemas: parts(root, root) });
  return found;
}

function collect(found: SchemaPlace[], root: JsonSchema, place: SchemaPlace): void {
  const { value, path, schemas } = place;
  found.push(place);
  const visit = (item: JsonValue, key: string | number, said: readonly JsonSchema[]): void => {
    if (said.length === 0) return;
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
