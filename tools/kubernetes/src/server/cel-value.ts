import { isObject, type JsonObject, type JsonValue, memo } from '@fluxwright/documents';
import { isSchema, type JsonSchema } from '@fluxwright/kubernetes-schemas';
import { parts, propertyOf } from './schema-places.ts';

/** Words of CEL that cannot be the name of a field (https://kubernetes.io/docs/reference/using-api/cel/#escaping). */
const reserved = new Set(
  'true false null in as break const continue else for function if import let loop package namespace return var void while'.split(
    ' ',
  ),
);

/**
 * A value as rules of its schema see it: with the defaults of the schema, without nulls, whole numbers as CEL's int, declared keys
 * under their escaped names.
 */
export function celValue(value: JsonValue, schemas: readonly JsonSchema[], root: JsonSchema): unknown {
  const all = schemas.flatMap((each) => parts(each, root));
  if (typeof value === 'number') return isWhole(value, all) ? BigInt(value) : value;
  if (Array.isArray(value)) {
    const items = all.flatMap((each) => (isSchema(each.items) ? [each.items] : []));
    return value.map((item) => celValue(item, items, root));
  }
  if (!isObject(value)) return value;
  const isDeclared = (key: string) =>
    all.some(({ properties }) => isSchema(properties) && Object.hasOwn(properties, key));
  const entries = Object.entries(withDefaults(value, all)).filter(([, item]) => item !== null);
  return Object.fromEntries(
    entries.map(([key, item]) => [
      isDeclared(key) ? escaped(key) : key,
      celValue(
        item,
        all.flatMap((each) => propertyOf(each, key)),
        root,
      ),
    ]),
  );
}

function withDefaults(value: JsonObject, schemas: readonly JsonSchema[]): JsonObject {
  const added = schemas.flatMap(defaultsOf).filter(([key]) => value[key] === undefined || value[key] === null);
  return added.length === 0 ? value : { ...value, ...Object.fromEntries(added) };
}

/** Keys that a schema gives a default. Schemas are few and wide, and asked for every object. */
const defaultsOf = memo(({ properties }: JsonSchema): readonly (readonly [string, JsonValue])[] =>
  Object.entries(isSchema(properties) ? properties : {}).flatMap(([key, property]) =>
    isSchema(property) && property.default !== undefined ? [[key, property.default] as const] : [],
  ),
);

function isWhole(value: number, schemas: readonly JsonSchema[]): boolean {
  const types = schemas.flatMap(({ type }) => (type === undefined ? [] : [type].flat()));
  return Number.isSafeInteger(value) && (types.includes('integer') || !types.includes('number'));
}

function escaped(key: string): string {
  if (reserved.has(key)) return `__${key}__`;
  return key
    .replaceAll('__', '__underscores__')
    .replaceAll('.', '__dot__')
    .replaceAll('-', '__dash__')
    .replaceAll('/', '__slash__');
}
