import { isSchema, type Json, type JsonSchema } from './json-schema.ts';

/** What of a strict schema a {@link Shape} does not say. */
const RULES = [
  'pattern',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
  'multipleOf',
  'default',
  'x-kubernetes-validations',
  'allOf',
  'anyOf',
  'oneOf',
  'not',
  'if',
  'else',
];

/** True where two strict schemas of one kind name the same keys with the same types. */
export function haveSameTypes(a: JsonSchema, b: JsonSchema): boolean {
  return JSON.stringify(typesOf(a)) === JSON.stringify(typesOf(b));
}

function typesOf(schema: JsonSchema): Json {
  const { definitions: _, properties, required, ...rest } = schema;
  // Metadata is Kubernetes' own, and every object has some.
  const { metadata: _metadata, ...own } = isSchema(properties) ? properties : {};
  const asked = Array.isArray(required) ? required.filter((key) => key !== 'metadata') : [];
  return bare({ ...rest, properties: own, required: asked });
}

function bare(node: JsonSchema): Json {
  const entries = Object.entries(node).flatMap(([key, value]): [string, Json][] => {
    // What is empty says nothing: any key may stand there, or none is named.
    if (RULES.includes(key) || (isSchema(value) && Object.keys(value).length === 0)) return [];
    if (key === 'properties' && isSchema(value)) {
      const fields = Object.entries(value).map(([name, each]): [string, Json] => [name, bareValue(each)]);
      return [[key, Object.fromEntries(fields.sort(byName))]];
    }
    if (key === 'items' || key === 'additionalProperties') return [[key, bareValue(value)]];
    // Of a set of words the order says nothing.
    return [[key, Array.isArray(value) ? [...value].sort() : value]];
  });
  return Object.fromEntries(entries.sort(byName));
}

function bareValue(value: Json): Json {
  return isSchema(value) ? bare(value) : value;
}

function byName([a]: readonly [string, Json], [b]: readonly [string, Json]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
