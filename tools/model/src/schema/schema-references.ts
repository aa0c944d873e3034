import type { JsonPath, JsonValue } from '@fluxwright/documents';
import { isObject } from '@fluxwright/documents';

/** The file whose definitions all schemas of values beside it may share, as `../values.defs.json#/$defs/NAME`. */
export const definitionsFile = 'values.defs.json';

/** What they stand under below `$defs` of a schema that takes some. */
export const definitionsKey = definitionsFile;

/** Whether a place in a schema of values lies in what it takes from {@link definitionsFile}. */
export function isShared(path: JsonPath): boolean {
  return path[0] === '$defs' && path[1] === definitionsKey;
}

/** One `$ref`, and where it stands. */
export interface SchemaReference {
  readonly path: JsonPath;
  readonly ref: string;
}

/** Every reference of a schema, in the order in which they stand. */
export function referencesIn(value: JsonValue, path: JsonPath = []): readonly SchemaReference[] {
  if (Array.isArray(value)) return value.flatMap((each, index) => referencesIn(each, [...path, index]));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, each]) =>
    key === '$ref' && typeof each === 'string'
      ? [{ path: [...path, key], ref: each }]
      : referencesIn(each, [...path, key]),
  );
}
