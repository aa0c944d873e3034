import type { JsonSchema } from '../src/json-schema.ts';

/**
 * The definition as the server holds an object against it where status is a subresource: it looks at the names and types
 * in a status, and forgets the rest. Nothing of the converter is used here.
 */
export function resetStatus(structural: JsonSchema): JsonSchema {
  const properties = structural.properties as Record<string, JsonSchema> | undefined;
  if (properties?.status === undefined) return structural;
  return { ...structural, properties: { ...properties, status: withoutRules(properties.status) } };
}

function withoutRules(node: JsonSchema): JsonSchema {
  const { type, nullable, properties, items, additionalProperties, ...rest } = node;
  const told = { type, nullable, ...pick(rest, /^x-kubernetes-(int-or-string|preserve-unknown-fields)$/) };
  const fields = Object.entries((properties ?? {}) as Record<string, JsonSchema>);
  return JSON.parse(
    JSON.stringify({
      ...told,
      properties: properties && Object.fromEntries(fields.map(([key, child]) => [key, withoutRules(child)])),
      items: items && withoutRules(items as JsonSchema),
      additionalProperties:
        typeof additionalProperties === 'object'
          ? withoutRules(additionalProperties as JsonSchema)
          : additionalProperties,
    }),
  ) as JsonSchema;
}

function pick(node: JsonSchema, keys: RegExp): JsonSchema {
  return Object.fromEntries(Object.entries(node).filter(([key]) => keys.test(key)));
}
