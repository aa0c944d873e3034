import { emptyMap, isObject, type JsonObject, type JsonValue } from '@fluxwright/documents';

/** Maps merge, all else replaces, and null stays: Helm takes a default of a chart away by it. */
export function mergedOver(base: JsonObject, over: JsonObject): JsonObject {
  const merged: Record<string, JsonValue> = Object.assign(emptyMap(), base);
  for (const [key, value] of Object.entries(over)) {
    const below = merged[key];
    merged[key] = isObject(value) && isObject(below) ? mergedOver(below, value) : value;
  }
  return merged;
}
