import type { JsonObject, JsonValue } from '@fluxwright/documents';
import { emptyMap, isObject } from '@fluxwright/documents';

/**
 * Lays `over` upon `base` by Helm's rule: maps merge, lists and scalars replace, null removes the key below and stays out
 * of the result. Neither input changes; the result has no prototype.
 * Rule: https://helm.sh/docs/chart_template_guide/values_files/#deleting-a-default-key
 */
export function mergeValues(base: JsonObject, over: JsonObject): JsonObject {
  const merged: Record<string, JsonValue> = Object.assign(emptyMap(), base);
  for (const [key, value] of Object.entries(over)) {
    if (value === null) delete merged[key];
    else if (isObject(value)) {
      const below = merged[key];
      merged[key] = mergeValues(isObject(below) ? below : emptyMap(), value);
    } else merged[key] = value;
  }
  return merged;
}
