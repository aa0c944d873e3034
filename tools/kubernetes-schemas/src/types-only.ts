import { isSchema, type Json, type JsonSchema } from './json-schema.ts';

const KEPT = ['type', 'nullable', 'x-kubernetes-int-or-string', 'x-kubernetes-preserve-unknown-fields'];

/**
 * A structural schema with the names and types of its fields and nothing else: what server-side apply asks of every field
 * (sigs.k8s.io/structured-merge-diff, typed). Rules of the definition are for values that are stored.
 */
export function typesOnly(node: JsonSchema): JsonSchema {
  const out: Record<string, Json> = {};
  for (const key of KEPT) if (node[key] !== undefined) out[key] = node[key];
  if (isSchema(node.properties)) {
    const fields = Object.entries(node.properties) as [string, JsonSchema][];
    out.properties = Object.fromEntries(fields.map(([key, child]) => [key, typesOnly(child)]));
  }
  for (const key of ['items', 'additionalProperties']) {
    const child = node[key];
    if (child !== undefined) out[key] = isSchema(child) ? typesOnly(child) : child;
  }
  return out;
}
