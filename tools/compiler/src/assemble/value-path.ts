import type { JsonObject, JsonPath, JsonValue } from '@fluxwright/documents';

/** The path that the model's `formatPath` wrote: `spec.ports[0].name`, `metadata.labels["a/b"]`; undefined where the text is none. */
export function parsePath(text: string): JsonPath | undefined {
  const path: (string | number)[] = [];
  const step = /\.?([^.[\]"]+)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/y;
  while (step.lastIndex < text.length) {
    const match = step.exec(text);
    if (match === null) return undefined;
    const [, key, index, quoted] = match;
    if (index !== undefined) path.push(Number(index));
    else path.push(quoted === undefined ? (key as string) : (JSON.parse(quoted) as string));
  }
  return path;
}

/** Every path of the value that ends at a scalar or at an empty map or list, in the order of the value. */
export function leafPaths(value: JsonValue): JsonPath[] {
  const found: JsonPath[] = [];
  collect(value, [], found);
  return found;
}

function collect(value: JsonValue, path: JsonPath, found: JsonPath[]): void {
  if (Array.isArray(value)) {
    for (const [index, item] of (value as readonly JsonValue[]).entries()) collect(item, [...path, index], found);
    if (value.length === 0) found.push(path);
    return;
  }
  if (typeof value === 'object' && value !== null) {
    const keys = Object.keys(value);
    for (const key of keys) collect((value as JsonObject)[key] as JsonValue, [...path, key], found);
    if (keys.length > 0) return;
  }
  found.push(path);
}
