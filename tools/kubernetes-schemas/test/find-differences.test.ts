import { describe, expect, test } from 'vitest';
import type { JsonSchema } from '../src/json-schema.ts';
import { findDifferences } from './find-differences.ts';
import { serverVerdict } from './server-verdict.ts';

const identity = { apiVersion: 'example.org/v1', kind: 'Example', metadata: { name: 'example' } };
const definition: JsonSchema = {
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      required: ['size'],
      properties: { size: { type: 'integer', minimum: 1, maximum: 9 }, mode: { enum: ['a', 'b'], type: 'string' } },
    },
  },
};

/** The schema as it should be made of the definition, with `spec` changed. */
function ours(spec: JsonSchema): JsonSchema {
  const root = { apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata: { type: 'object' } };
  const own = { ...((definition.properties as JsonSchema).spec as JsonSchema), additionalProperties: false, ...spec };
  return { type: 'object', additionalProperties: false, properties: { ...root, spec: own } };
}

function differences(schema: JsonSchema) {
  return findDifferences(
    schema,
    {
      name: 'server',
      schema: definition,
      // The sample holds nulls, of which this schema knows nothing.
      knowsNull: false,
      verdict: (rules, object) => serverVerdict(definition, rules, object),
    },
    identity,
  ).differences;
}

describe('findDifferences', () => {
  test('finds none between a definition and its schema', () => {
    expect(differences(ours({}))).toEqual([]);
  });

  test.each([
    ['an open object', { additionalProperties: true }, 'reference refuses /spec/notAField additionalProperties'],
    [
      'a lost rule',
      { properties: { size: { type: 'integer' }, mode: { type: 'string' } } },
      'reference refuses /spec/mode enum',
    ],
    ['a lost required key', { required: [] }, 'reference refuses /spec/size required'],
    [
      'a lost field',
      { properties: { size: { type: 'integer', minimum: 1, maximum: 9 } } },
      'ours refuses /spec/mode additionalProperties',
    ],
    ['a rule too many', { required: ['size', 'mode'] }, 'ours refuses /spec/mode required'],
  ])('finds %s', (_, spec, difference) => {
    expect(differences(ours(spec))).toContain(difference);
  });
});
