import type { JsonPath } from '@fluxwright/documents';
import { referredSchema } from '@fluxwright/documents';
import { isSchema, type JsonSchema } from '@fluxwright/kubernetes-schemas';

/** The parts of `schema` that describe the value at `path`: several where an allOf or anyOf has a say. */
export function schemaAt(schema: JsonSchema, path: JsonPath): readonly JsonSchema[] {
  return path.reduce<readonly JsonSchema[]>(
    (at, step) => at.flatMap((each) => below(each, step)).flatMap((each) => parts(each, schema)),
    parts(schema, schema),
  );
}

/** The keys that a map may have, as far as they are named. */
export function keysOf(schemas: readonly JsonSchema[]): readonly string[] {
  return schemas.flatMap(({ properties }) => (isSchema(properties) ? Object.keys(properties) : []));
}

function below({ properties, additionalProperties, items }: JsonSchema, step: string | number): JsonSchema[] {
  if (typeof step === 'number') return isSchema(items) ? [items] : [];
  if (isSchema(properties) && Object.hasOwn(properties, step)) {
    const property = properties[step];
    return isSchema(property) ? [property] : [];
  }
  return isSchema(additionalProperties) ? [additionalProperties] : [];
}

function parts(schema: JsonSchema, root: JsonSchema): JsonSchema[] {
  const { $ref, allOf, anyOf, oneOf } = schema;
  const groups = [allOf, anyOf, oneOf].flatMap((group) => (Array.isArray(group) ? group.filter(isSchema) : []));
  const referred = referredSchema($ref, root);
  return [schema, ...groups.flatMap((each) => parts(each, root)), ...(isSchema(referred) ? parts(referred, root) : [])];
}
