import { isIP } from 'node:net';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { JsonSchema } from '../src/json-schema.ts';

/** Compiles a JSON Schema or an OpenAPI schema; formats and sets mean what they mean to the API server. */
export function compileSchema(schema: JsonSchema): ValidateFunction {
  const ajv = new Ajv({
    strict: false,
    unicodeRegExp: false,
    logger: false,
    inlineRefs: false,
    validateSchema: false,
    messages: false,
    code: { optimize: false },
  });
  addFormats.default(ajv);
  // Go's durations (`1h30m`) are no ISO 8601 durations: as kubeconform does, take both.
  ajv.addFormat('duration', true);
  for (const hint of ['int-or-string', 'int64', 'double', 'float', 'password']) ajv.addFormat(hint, true);
  ajv.addFormat('byte', (text) => text !== '' && text.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(text));
  ajv.addFormat('cidr', isRange);
  ajv.addKeyword({ keyword: 'x-kubernetes-list-type', type: 'array', validate: isSet });
  return ajv.compile(withoutMeta(schema));
}

/** An address of IPv4 or IPv6 and the length of its prefix. */
function isRange(text: string): boolean {
  const [address = '', length = ''] = text.split('/');
  return isIP(address) !== 0 && /^\d+$/.test(length) && Number(length) <= (isIP(address) === 4 ? 32 : 128);
}

function isSet(listType: string, items: readonly unknown[]): boolean {
  return listType !== 'set' || new Set(items.map((item) => JSON.stringify(item))).size === items.length;
}

/** Go and JavaScript spell a few regular expressions apart; what only Go can read is left out on both sides. */
function withoutMeta(schema: JsonSchema): JsonSchema {
  const { $schema: _dialect, ...rules } = schema;
  return JSON.parse(JSON.stringify(rules), (key, value: unknown) =>
    key === 'pattern' && typeof value === 'string' && !readable(value) ? undefined : value,
  ) as JsonSchema;
}

function readable(pattern: string): boolean {
  try {
    new RegExp(pattern);
    return true;
  } catch {
    return false;
  }
}
