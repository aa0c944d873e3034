import { BASE64 } from './base64.ts';
import type { Json, JsonSchema } from './json-schema.ts';

const RULES = [
  'enum',
  'maximum',
  'maxItems',
  'maxLength',
  'maxProperties',
  'minimum',
  'minItems',
  'minLength',
  'minProperties',
  'multipleOf',
  'pattern',
  'uniqueItems',
];

/** Formats that mean the same to the API server and to a JSON Schema validator; all others are only hints. */
const FORMATS = ['date', 'date-time', 'duration', 'ipv4', 'ipv6'];

/** Formats that the API server checks and JSON Schema does not have. That of addresses is short, to be read in a message. */
const PATTERNS: Readonly<Record<string, string>> = {
  byte: BASE64,
  cidr: '^([0-9.]+/[0-9]{1,2}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*/[0-9]{1,3})$',
};

/**
 * The rules of a structural schema that say something of a value and not of its parts. Source: package
 * k8s.io/kube-openapi/pkg/validation (strfmt for formats, validate.IsValueValidAgainstRange for int32).
 */
export function valueRules(node: JsonSchema): JsonSchema {
  const out: Record<string, Json> = {};
  for (const key of RULES) if (node[key] !== undefined) out[key] = node[key];
  const format = String(node.format);
  if (FORMATS.includes(format) || PATTERNS[format] !== undefined) out.format = format;
  if (out.pattern === undefined && PATTERNS[format] !== undefined) out.pattern = PATTERNS[format];
  if (node['x-kubernetes-list-type'] === 'set') out.uniqueItems = true;
  exclusive(out, node, 'minimum', 'exclusiveMinimum');
  exclusive(out, node, 'maximum', 'exclusiveMaximum');
  return { ...int32Bounds(node), ...out };
}

/** OpenAPI v3.0 says `exclusiveMinimum: true` beside `minimum`; JSON Schema puts the number there. */
function exclusive(out: Record<string, Json>, node: JsonSchema, bound: string, key: string): void {
  if (node[key] !== true || node[bound] === undefined) return;
  out[key] = node[bound];
  delete out[bound];
}

/** What a Go int32 holds. */
export function int32Bounds(node: JsonSchema): JsonSchema {
  return node.type === 'integer' && node.format === 'int32' ? { minimum: -(2 ** 31), maximum: 2 ** 31 - 1 } : {};
}

/** The types of a structural schema. */
export function typeRule(node: JsonSchema): JsonSchema {
  if (node['x-kubernetes-int-or-string'] === true) return { type: ['integer', 'string'] };
  return node.type === undefined ? {} : { type: node.type };
}
