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

/** What stands where a contract wants some text, and some name of its own choice. */
export interface Words {
  readonly text: string;
  readonly key: string;
}

/** The least that a schema of a contract wants: its required keys without a default. */
export function leastOf(schema: JsonValue | undefined, words: Words): JsonValue {
  if (!isObject(schema)) return words.text;
  const [given] = [schema.default, ...(Array.isArray(schema.enum) ? (schema.enum as JsonValue[]) : [])];
  if (given !== undefined && given !== null) return given;
  switch (schema.type) {
    case 'object':
      return leastMap(schema, words);
    case 'array':
      return Array.from({ length: Number(schema.minItems ?? 0) }, () => leastOf(schema.items, words));
    case 'integer':
    case 'number':
      return Number(schema.minimum ?? 1);
    case 'boolean':
      return false;
    default:
      return words.text;
  }
}

function leastMap(schema: JsonObject, words: Words): JsonObject {
  const properties = isObject(schema.properties) ? schema.properties : {};
  const required = Array.isArray(schema.required) ? (schema.required as JsonValue[]).map(String) : [];
  const wanted = required.filter((key) => valueAt(properties, [key, 'default']) === undefined);
  const named = Object.fromEntries(wanted.map((key) => [key, leastOf(properties[key], words)]));
  const others = Number(schema.minProperties ?? 0) > wanted.length && isObject(schema.additionalProperties);
  return others ? { ...named, [words.key]: leastOf(schema.additionalProperties, words) } : named;
}
