import { isSchema, type Json, type JsonSchema } from './json-schema.ts';

/**
 * Names and types of a structural schema, short enough to be reviewed: what `fluxwright charts facts` keeps of a definition.
 *
 * - `string`, `integer`, `number`, `boolean`, `int-or-string`; with a format that is checked `date-time`, `byte`, `int32` …;
 *   `object` for a map of anything, `any` for anything
 * - `{name: T, "port!": T}` has these keys and no others, `port` is required; `{"*": T}` has any keys
 * - `[T]` is a list; `{$items: T, $keys: [name]}` one whose items are told apart by keys, `{$items: T, $unique: true}` a set
 * - `{$enum: [a, b]}` is one of these
 * - `$affinity` stands for what is called so beside
 * - `T?`, or `$nullable: true` in a map, also takes null; `$resource: true` says that a map is an object of Kubernetes
 *
 * A key that begins with `$` or `\`, or is `*`, stands behind a `\`.
 */
export type Shape = Json;

/** Formats that mean something to who checks (see `valueRules`), which say their type as well. */
const formats: Readonly<Record<string, string>> = {
  date: 'string',
  'date-time': 'string',
  duration: 'string',
  ipv4: 'string',
  ipv6: 'string',
  byte: 'string',
  cidr: 'string',
  int32: 'integer',
};

const PRESERVE = 'x-kubernetes-preserve-unknown-fields';
const INT_OR_STRING = 'x-kubernetes-int-or-string';
const EMBEDDED = 'x-kubernetes-embedded-resource';
const LIST_TYPE = 'x-kubernetes-list-type';
const LIST_KEYS = 'x-kubernetes-list-map-keys';

/** The shape of a structural schema. Of rules nothing is kept but what is required, one of a few, or a key of a list. */
export function shapeOf(node: JsonSchema): Shape {
  if (Array.isArray(node.enum)) return withNull(enumShape(node), node);
  if (node[INT_OR_STRING] === true) return nullable('int-or-string', node);
  if (node.type === 'array') return listShape(node);
  if (node.type === 'object') return objectShape(node);
  if (typeof node.type !== 'string') return node.properties === undefined ? 'any' : objectShape(node);
  const format = String(node.format);
  return nullable(formats[format] === node.type ? format : node.type, node);
}

/** Null stands for no value: a list with it takes it by `nullable`. */
function enumShape({ enum: values, type }: JsonSchema): Record<string, Json> {
  const kept = (values as readonly Json[]).filter((each) => each !== null);
  return { $enum: kept, ...(typeof type === 'string' && type !== typeOfAll(kept) ? { $type: type } : {}) };
}

function typeOfAll(values: readonly Json[]): string | undefined {
  const types = new Set(values.map((each) => (Number.isInteger(each) ? 'integer' : typeof each)));
  return types.size === 1 ? [...types][0] : undefined;
}

function listShape(node: JsonSchema): Shape {
  const items = isSchema(node.items) ? shapeOf(node.items) : 'any';
  const marks: Record<string, Json> = {};
  if (node[LIST_TYPE] === 'map' && Array.isArray(node[LIST_KEYS])) marks.$keys = node[LIST_KEYS];
  if (node[LIST_TYPE] === 'set') marks.$unique = true;
  if (node.nullable === true) marks.$nullable = true;
  return Object.keys(marks).length === 0 ? [items] : { $items: items, ...marks };
}

function objectShape(node: JsonSchema): Shape {
  const properties = isSchema(node.properties) ? node.properties : {};
  const required = Array.isArray(node.required) ? node.required : [];
  const additional = node.additionalProperties;
  const isOpen = !isSchema(additional) && (node[PRESERVE] === true || additional === true);
  // Written behind a name, the mark would be read as its own.
  if (Object.keys(properties).some((key) => key.endsWith('!'))) return nullable('object', node);
  const fields = Object.entries(properties).map(([key, child]): [string, Json] => {
    const schema = child as JsonSchema;
    // The server sets a default before it looks for what is missing.
    const isRequired = required.includes(key) && schema.default === undefined;
    return [`${escaped(key)}${isRequired ? '!' : ''}`, shapeOf(schema)];
  });
  const isResource = node[EMBEDDED] === true;
  if (fields.length === 0 && isOpen && !isResource) return nullable('object', node);
  const shape: Record<string, Json> = Object.fromEntries(fields);
  if (isSchema(additional)) shape['*'] = shapeOf(additional);
  else if (isOpen) shape['*'] = 'any';
  if (isResource) shape.$resource = true;
  return withNull(shape, node);
}

function escaped(key: string): string {
  return /^[$\\]/.test(key) || key === '*' ? `\\${key}` : key;
}

function nullable(word: string, node: JsonSchema): Shape {
  return node.nullable === true ? `${word}?` : word;
}

function withNull(shape: Record<string, Json>, node: JsonSchema): Shape {
  return node.nullable === true ? { ...shape, $nullable: true } : shape;
}

/** The structural schema of a shape. Throws for what is none. */
export function schemaOfShape(shape: Shape, shared: Readonly<Record<string, Shape>> = {}): JsonSchema {
  return read(shape, shared, []);
}

function read(shape: Shape, shared: Readonly<Record<string, Shape>>, inside: readonly string[]): JsonSchema {
  const below = (each: Shape): JsonSchema => read(each, shared, inside);
  if (typeof shape === 'string') return readWord(shape, shared, inside);
  if (Array.isArray(shape)) {
    if (shape.length !== 1) throw new TypeError('a list has the shape of its items, and nothing else');
    return { type: 'array', items: below(shape[0] as Shape) };
  }
  if (!isSchema(shape)) throw new TypeError(`${JSON.stringify(shape)} is no shape`);
  const marks: JsonSchema = shape.$nullable === true ? { nullable: true } : {};
  if (Array.isArray(shape.$enum)) {
    const type = shape.$type ?? typeOfAll(shape.$enum);
    const typed: JsonSchema = type === undefined ? {} : { type };
    return { ...typed, enum: shape.$enum, ...marks };
  }
  if (shape.$items !== undefined) return { type: 'array', items: below(shape.$items), ...marks, ...listRules(shape) };
  return { type: 'object', ...readFields(shape, below), ...marks };
}

function listRules({ $keys, $unique }: JsonSchema): JsonSchema {
  if ($unique === true) return { [LIST_TYPE]: 'set' };
  return $keys === undefined ? {} : { [LIST_TYPE]: 'map', [LIST_KEYS]: $keys };
}

function readFields(shape: JsonSchema, below: (each: Shape) => JsonSchema): JsonSchema {
  const properties: Record<string, JsonSchema> = {};
  const required: string[] = [];
  for (const [key, child] of Object.entries(shape)) {
    if (key.startsWith('$') || key === '*') continue;
    const isRequired = key.endsWith('!');
    const name = (isRequired ? key.slice(0, -1) : key).replace(/^\\/, '');
    properties[name] = below(child);
    if (isRequired) required.push(name);
  }
  const out: Record<string, Json> = {};
  const others = shape['*'];
  if (Object.keys(properties).length > 0) out.properties = properties;
  if (required.length > 0) out.required = required;
  if (others === 'any') out[PRESERVE] = true;
  else if (others !== undefined) out.additionalProperties = below(others);
  if (shape.$resource === true) out[EMBEDDED] = true;
  return out;
}

function readWord(word: string, shared: Readonly<Record<string, Shape>>, inside: readonly string[]): JsonSchema {
  const isNullable = word.endsWith('?');
  const name = isNullable ? word.slice(0, -1) : word;
  const schema = name.startsWith('$') ? readShared(name.slice(1), shared, inside) : readType(name);
  return isNullable ? { ...schema, nullable: true } : schema;
}

function readShared(name: string, shared: Readonly<Record<string, Shape>>, inside: readonly string[]): JsonSchema {
  const shape = Object.hasOwn(shared, name) ? shared[name] : undefined;
  if (shape === undefined) throw new TypeError(`nothing is called $${name}`);
  if (inside.includes(name)) throw new TypeError(`$${name} has itself inside`);
  return read(shape, shared, [...inside, name]);
}

function readType(name: string): JsonSchema {
  if (name === 'any') return { [PRESERVE]: true };
  if (name === 'object') return { type: 'object', [PRESERVE]: true };
  if (name === 'int-or-string') return { [INT_OR_STRING]: true };
  if (['string', 'integer', 'number', 'boolean'].includes(name)) return { type: name };
  const type = formats[name];
  if (type === undefined) throw new TypeError(`${name} is no type`);
  return { type, format: name };
}
