import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { JsonSchema } from '../src/json-schema.ts';

/** Compiles a JSON Schema or an OpenAPI schema; formats mean what they mean to kubeconform, others are hints. */
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
  for (const hint of ['byte', 'int-or-string', 'int32', 'int64', 'double', 'float', 'password', 'cidr'])
    ajv.addFormat(hint, true);
  return ajv.compile(withoutMeta(schema));
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
