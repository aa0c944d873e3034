import { type JsonObject, type JsonValue, linearPattern, referredSchema } from '@fluxwright/documents';

/** Which keys a value may have, as its JSON Schema declares them: tells a value that is unset from one that does not exist. */
export interface Shape {
  /** Shape of the value at `key`; undefined where no value can be there. */
  child(key: string | number): Shape | undefined;
  /** Declared keys, sorted. */
  keys(): readonly string[];
}

/** The shape of free-form data. */
export const anyShape: Shape = { child: () => anyShape, keys: () => [] };

/** The shape of a scalar that has no inside. */
export const leafShape: Shape = { child: () => undefined, keys: () => [] };

/** A map of known keys. */
export function mapShape(children: Readonly<Record<string, Shape>>): Shape {
  return {
    child: (key) => (Object.hasOwn(children, key) ? children[key] : undefined),
    keys: () => Object.keys(children).sort(),
  };
}

/**
 * Reads a shape out of a JSON Schema (2020-12, https://json-schema.org/draft/2020-12/json-schema-core#section-10). A key
 * exists where any branch of the schema declares it; a map is free-form where the schema says so, or says nothing of
 * its keys. References outside `root` count as free-form.
 */
export function schemaShape(schema: JsonValue, root: JsonValue = schema): Shape {
  return shapeOfNodes(expand(schema, root, new Set()), root);
}

function shapeOfNodes(nodes: readonly JsonValue[], root: JsonValue): Shape {
  if (nodes.some(isFreeForm)) return anyShape;
  const children = new Map<string | number, Shape | undefined>();
  const maps = nodes.filter(isMap);
  return {
    child(key) {
      if (!children.has(key)) {
        const found = maps.flatMap((node) => childSchemas(node, key)).flatMap((each) => expand(each, root, new Set()));
        children.set(key, found.length > 0 ? shapeOfNodes(found, root) : undefined);
      }
      return children.get(key);
    },
    keys: () => [...new Set(maps.flatMap((node) => Object.keys(asMap(node.properties))))].sort(),
  };
}

/** A schema with everything that applies in the same place: references and the branches of combinations. */
function expand(schema: JsonValue | undefined, root: JsonValue, seen: Set<JsonValue>): JsonValue[] {
  if (schema === undefined || seen.has(schema)) return [];
  if (!isMap(schema)) return [schema];
  seen.add(schema);
  const branches = [schema.allOf, schema.anyOf, schema.oneOf].flatMap((list) => (Array.isArray(list) ? list : []));
  const applied = [...branches, schema.if, schema.then, schema.else].filter(isMap);
  const target = typeof schema.$ref === 'string' ? [referredSchema(schema.$ref, root) ?? true] : [];
  const inner = [...target, ...applied].flatMap((each) => expand(each, root, seen));
  return inner.length > 0 ? [...inner.filter((each) => isMap(each)), withStructure(schema)].flat() : [schema];
}

/** A schema that only combines others says nothing of keys itself: it must not count as free-form. */
function withStructure(schema: JsonObject): JsonValue[] {
  const { $ref: _, allOf: _a, anyOf: _b, oneOf: _c, if: _d, ...own } = schema;
  return isFreeForm(own) ? [] : [own];
}

function childSchemas(node: JsonObject, key: string | number): JsonValue[] {
  const named = namedSchemas(node, String(key));
  const open = named.length === 0 ? openSchemas(node) : [];
  const item = typeof key === 'number' || /^\d+$/.test(key) ? itemSchemas(node, Number(key)) : [];
  const length = key === 'length' && allowsType(node, 'array') ? [{ type: 'integer' }] : [];
  return [...named, ...open, ...item, ...length];
}

function namedSchemas(node: JsonObject, name: string): JsonValue[] {
  const properties = asMap(node.properties);
  const patterns = Object.entries(asMap(node.patternProperties)).filter(([pattern]) => matches(pattern, name));
  const own = Object.hasOwn(properties, name) ? [properties[name] as JsonValue] : [];
  return [...own, ...patterns.map(([, schema]) => schema)];
}

/** The schema of keys that the schema does not name. */
function openSchemas({ additionalProperties: open }: JsonObject): JsonValue[] {
  return isMap(open) || open === true ? [open] : [];
}

function itemSchemas(node: JsonObject, index: number): JsonValue[] {
  const { prefixItems, items } = node;
  const prefix = Array.isArray(prefixItems) ? (prefixItems as readonly JsonValue[])[index] : undefined;
  if (prefix !== undefined) return [prefix];
  if (items !== undefined) return items === false ? [] : [items];
  return allowsType(node, 'array') ? [true] : [];
}

function matches(pattern: string, name: string): boolean {
  try {
    return linearPattern(pattern).test(name);
  } catch {
    return false;
  }
}

const structure = [
  'properties',
  'patternProperties',
  'additionalProperties',
  'unevaluatedProperties',
  'items',
  'prefixItems',
];

/** True for a schema that allows maps and does not name their keys. */
function isFreeForm(schema: JsonValue): boolean {
  if (schema === true) return true;
  if (!isMap(schema)) return false;
  if (structure.some((keyword) => Object.hasOwn(schema, keyword))) {
    return schema.additionalProperties === true && !Object.hasOwn(schema, 'properties');
  }
  if ('const' in schema || 'enum' in schema) return false;
  return schema.type === undefined ? !('required' in schema) : allowsType(schema, 'object');
}

function allowsType(schema: JsonObject, type: string): boolean {
  return schema.type === type || (Array.isArray(schema.type) && schema.type.includes(type));
}

function isMap(value: JsonValue | undefined): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function asMap(value: JsonValue | undefined): JsonObject {
  return isMap(value) ? value : {};
}
