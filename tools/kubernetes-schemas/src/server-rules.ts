import type { Json, JsonSchema } from './json-schema.ts';

const LIST_TYPE = 'x-kubernetes-list-type';
const LIST_KEYS = 'x-kubernetes-list-map-keys';
const CEL_RULES = 'x-kubernetes-validations';

/**
 * What the API server checks of a value and a JSON Schema validator does not: the keys that tell items of a list apart, and CEL rules.
 * They are kept under their own names, which a validator passes over. Of a rule only what decides and what is said stays.
 * Source: "Extend the Kubernetes API with CustomResourceDefinitions", "Validation rules"; "Server-Side Apply", "Merge strategy".
 */
export function serverRules(node: JsonSchema): JsonSchema {
  const out: Record<string, Json> = {};
  if (node[LIST_TYPE] === 'map' && node[LIST_KEYS] !== undefined) out[LIST_KEYS] = node[LIST_KEYS];
  const rules = (node[CEL_RULES] ?? []) as readonly JsonSchema[];
  if (rules.length > 0)
    out[CEL_RULES] = rules.map(({ rule, message }) => ({ rule, ...(message && { message }) }) as Json);
  return out;
}
