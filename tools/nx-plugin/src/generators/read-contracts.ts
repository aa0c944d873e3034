import type { JsonObject, JsonValue } from '@fluxwright/documents';
import { isObject, valueAt } from '@fluxwright/documents';
import { readJson, type Tree } from '@nx/devkit';

/** Where the contracts of services lie that several components may provide (docs/decisions/0065). */
export const contractsPath = 'components/services.defs.json';

/** The contracts of the workspace's kinds of services, by kind; none where there is no such file. */
export function readContracts(tree: Tree): Readonly<Record<string, JsonObject>> {
  if (!tree.exists(contractsPath)) return {};
  const kinds = valueAt(readJson<JsonObject>(tree, contractsPath), ['kinds']);
  return Object.fromEntries(
    Object.entries(isObject(kinds) ? kinds : {}).flatMap(([kind, contract]) =>
      isObject(contract) ? [[kind, contract] as const] : [],
    ),
  );
}

/** The least that a schema of a contract wants: its required keys without a default. Texts are `text`, where a pattern allows it. */
export function leastOf(schema: JsonValue | undefined, text: string): JsonValue {
  if (!isObject(schema)) return text;
  const [given] = [schema.default, ...(Array.isArray(schema.enum) ? (schema.enum as JsonValue[]) : [])];
  if (given !== undefined && given !== null) return given;
  switch (schema.type) {
    case 'object':
      return leastMap(schema, text);
    case 'array':
      return Array.from({ length: Number(schema.minItems ?? 0) }, () => leastOf(schema.items, text));
    case 'integer':
    case 'number':
      return Number(schema.minimum ?? 1);
    case 'boolean':
      return false;
    default:
      return text;
  }
}

function leastMap(schema: JsonObject, text: string): JsonObject {
  const properties = isObject(schema.properties) ? schema.properties : {};
  const required = Array.isArray(schema.required) ? (schema.required as JsonValue[]).map(String) : [];
  const wanted = required.filter((key) => valueAt(properties, [key, 'default']) === undefined);
  const named = Object.fromEntries(wanted.map((key) => [key, leastOf(properties[key], text)]));
  const others = Number(schema.minProperties ?? 0) > wanted.length && isObject(schema.additionalProperties);
  return others ? { ...named, [text]: leastOf(schema.additionalProperties, text) } : named;
}
