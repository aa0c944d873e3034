import { isSchema, type Json, type JsonSchema } from './json-schema.ts';
import { notNull, orNull } from './or-null.ts';
import { typeRule, valueRules } from './value-rules.ts';

/**
 * The rules under allOf, anyOf, oneOf and not of a structural schema. They restrict values and declare no fields, so
 * nothing in them is closed. The API server drops nulls and sets defaults before it looks at them, by what is declared
 * beside them: to `required` a null is missing, and a key with a default is always there.
 *
 * @param declared the schema that the rules stand in, of the same value
 */
export function logicalRules(node: JsonSchema, declared: JsonSchema = node): JsonSchema {
  const out: Record<string, Json> = {};
  for (const key of ['allOf', 'anyOf', 'oneOf']) {
    const branches = node[key] as readonly JsonSchema[] | undefined;
    if (branches === undefined || (key === 'anyOf' && node['x-kubernetes-int-or-string'] === true)) continue;
    out[key] = branches.map((branch) => restriction(branch, declared));
  }
  if (isSchema(node.not)) out.not = restriction(node.not, declared);
  return out;
}

function restriction(node: JsonSchema, declared: JsonSchema): JsonSchema {
  const inner: Record<string, Json> = { ...valueRules(node), ...typeRule(node) };
  const fields = part(declared.properties);
  const required = ((node.required ?? []) as readonly string[]).filter(
    (key) => part(fields[key]).default === undefined,
  );
  if (required.length > 0) inner.required = required;
  const properties = fieldRules(part(node.properties), fields, required);
  if (Object.keys(properties).length > 0) inner.properties = properties;
  if (isSchema(node.items)) inner.items = restriction(node.items, part(declared.items));
  if (isSchema(node.additionalProperties)) {
    inner.additionalProperties = restriction(node.additionalProperties, part(declared.additionalProperties));
  }
  return { ...inner, ...logicalRules(node, declared) };
}

function fieldRules(rules: JsonSchema, fields: JsonSchema, required: readonly string[]): Record<string, JsonSchema> {
  const out: Record<string, JsonSchema> = {};
  for (const key of new Set([...Object.keys(rules), ...required])) {
    const rule = rules[key] === undefined ? undefined : restriction(part(rules[key]), part(fields[key]));
    const dropsNull = fields[key] !== undefined && part(fields[key]).nullable !== true;
    if (dropsNull) out[key] = required.includes(key) ? notNull(rule ?? {}) : orNull(rule ?? {});
    else if (rule !== undefined) out[key] = rule;
  }
  return out;
}

function part(value: Json | undefined): JsonSchema {
  return isSchema(value) ? value : {};
}
