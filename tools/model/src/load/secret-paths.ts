import type { JsonObject, JsonPath, JsonValue } from '@fluxwright/documents';
import { allInPlace, appliedToChild, isObject, memo } from '@fluxwright/documents';
import type { Component } from './workspace.ts';

/**
 * The places in `value` whose schema says that they are secret, by `writeOnly` or `x-fluxwright-secret`, on whatever way a
 * keyword leads there; the whole of what stands there counts. So does a key that the schema does not have beside one that
 * is secret: it may be that one, written wrongly.
 */
export function secretPaths(value: JsonValue, schema: JsonValue): readonly JsonPath[] {
  if (!isObject(schema)) return [];
  const found: JsonPath[] = [];
  visit(value, { schemas: [schema], root: schema, path: [], found });
  return found;
}

const pathsIn = memo((values: JsonObject, component: Component) => secretPaths(values, component.schema.value));

/** {@link secretPaths} of a component's values. */
export function secretsOf(component: Component, values: JsonObject): readonly JsonPath[] {
  return pathsIn(values, component);
}

/** True where a path leads to what is secret, into it, or to something that holds it. */
export function seesSecret(path: JsonPath, secrets: readonly JsonPath[]): boolean {
  return secrets.some((secret) => path.every((step, at) => at >= secret.length || String(secret[at]) === String(step)));
}

interface Visit {
  readonly schemas: Iterable<JsonObject>;
  readonly root: JsonObject;
  readonly path: JsonPath;
  readonly found: JsonPath[];
}

function visit(value: JsonValue, { schemas, root, path, found }: Visit): void {
  const all = allInPlace(schemas, root);
  if ([...all].some(isSecret)) {
    if (value !== null) found.push(path);
    return;
  }
  if (all.size === 0 || value === null || typeof value !== 'object') return;
  const guarded = isObject(value) && [...all].some((schema) => hasSecretKey(schema, root));
  for (const [key, item] of entriesOf(value)) {
    const inner = [...all].flatMap((schema) => [...appliedToChild(schema, key)]);
    if (inner.length > 0) visit(item, { schemas: inner, root, path: [...path, key], found });
    else if (guarded && ![...all].some((schema) => knows(schema, key))) found.push([...path, key]);
  }
}

function isSecret(schema: JsonObject): boolean {
  return schema.writeOnly === true || schema['x-fluxwright-secret'] === true;
}

function hasSecretKey(schema: JsonObject, root: JsonObject): boolean {
  return (
    isObject(schema.properties) &&
    Object.values(schema.properties).some((each) => isObject(each) && [...allInPlace([each], root)].some(isSecret))
  );
}

function knows(schema: JsonObject, key: string | number): boolean {
  return isObject(schema.properties) && Object.hasOwn(schema.properties, key);
}

function entriesOf(value: JsonValue): Iterable<[string | number, JsonValue]> {
  return (Array.isArray(value) ? value.entries() : Object.entries(value as JsonObject)) as Iterable<
    [string | number, JsonValue]
  >;
}
