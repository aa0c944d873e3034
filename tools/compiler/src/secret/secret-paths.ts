import { type Component, isObject, type JsonObject, type JsonPath, type JsonValue } from '@fluxwright/model';

/** A path of values whose schema says that it is secret; `*` stands for any key or item. */
export type SecretPath = readonly string[];

const known = new WeakMap<Component, readonly SecretPath[]>();

/** The values that a component's schema marks with `writeOnly` or `x-fluxwright-secret`. */
export function secretPaths(component: Component): readonly SecretPath[] {
  let paths = known.get(component);
  if (paths === undefined) {
    paths = [...collect(component.schema.value, component.schema.value, { path: [], seen: new Set() })];
    known.set(component, paths);
  }
  return paths;
}

/** True where a read sees a secret value: what stands at the path, in it, or above it. */
export function seesSecret(read: JsonPath, secret: SecretPath): boolean {
  return read.every((step, index) => {
    const wanted = secret[index];
    return wanted === undefined || wanted === '*' || wanted === String(step);
  });
}

interface Walk {
  readonly path: SecretPath;
  /** Schemas on the way: a schema may refer to itself. */
  readonly seen: ReadonlySet<JsonValue>;
}

function* collect(schema: JsonValue | undefined, root: JsonValue, { path, seen }: Walk): Generator<SecretPath> {
  if (!isObject(schema) || seen.has(schema)) return;
  if (schema.writeOnly === true || schema['x-fluxwright-secret'] === true) {
    yield path;
    return;
  }
  const inner = new Set([...seen, schema]);
  for (const [step, each] of children(schema, root)) {
    yield* collect(each, root, { path: step === undefined ? path : [...path, step], seen: inner });
  }
}

/** The schemas of parts, with the step to each; without one those of the same place. */
function* children(schema: JsonObject, root: JsonValue): Generator<readonly [string | undefined, JsonValue]> {
  for (const key of ['properties', 'patternProperties']) {
    const parts = schema[key];
    if (!isObject(parts)) continue;
    for (const [name, each] of Object.entries(parts)) yield [key === 'properties' ? name : '*', each];
  }
  for (const key of ['items', 'additionalProperties', 'unevaluatedProperties']) {
    const part = schema[key];
    if (part !== undefined) yield ['*', part];
  }
  for (const key of ['allOf', 'anyOf', 'oneOf', 'prefixItems']) {
    const parts = schema[key];
    for (const each of Array.isArray(parts) ? parts : []) yield [key === 'prefixItems' ? '*' : undefined, each];
  }
  for (const key of ['if', 'then', 'else']) {
    const part = schema[key];
    if (part !== undefined) yield [undefined, part];
  }
  if (typeof schema.$ref === 'string' && schema.$ref.startsWith('#')) yield [undefined, referred(schema.$ref, root)];
}

function referred(ref: string, root: JsonValue): JsonValue {
  const keys = ref
    .slice(1)
    .split('/')
    .slice(1)
    .map((key) => decodeURIComponent(key).replaceAll('~1', '/').replaceAll('~0', '~'));
  return keys.reduce<JsonValue>((at, key) => (isObject(at) ? (at[key] ?? null) : null), root);
}
