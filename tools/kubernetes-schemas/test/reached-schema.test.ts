import { expect, test } from 'vitest';
import type { Json, JsonSchema } from '../src/json-schema.ts';
import { compileSchema } from './compile-schema.ts';
import { firstError } from './first-error.ts';
import { keysIn, keysOfDefaults, reachedSchema } from './reached-schema.ts';

const schema: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['size'],
  properties: {
    size: { type: 'integer', minimum: 1 },
    mode: { enum: ['a', 'b'] },
    list: { type: 'array', items: { oneOf: [{ required: ['a'] }, { $ref: '#/definitions/item' }] } },
    other: { type: 'object', properties: { deep: { type: 'string' } } },
    set: { type: 'object', default: { by: { whom: 'server' } }, properties: { by: { type: 'object' } } },
  },
  definitions: { item: { type: 'object', required: ['b'], properties: { b: { type: 'string' }, c: {} } } },
};

test('says of objects with the keys what the whole schema says', () => {
  const objects: Record<string, Json>[] = [
    { size: 1 },
    { size: 0 },
    { mode: 'a' },
    { size: 1, mode: 'c' },
    { size: 1, list: [{ a: 1 }, { b: 2 }] },
    { size: 1, list: [{ a: 1, b: 'x' }] },
    { size: 1, unknown: true },
  ];
  const [whole, reached] = [schema, reachedSchema(schema, new Set(keysIn(objects)))].map(compileSchema);
  const verdicts = (validate: typeof whole) =>
    objects.map((object) => (validate?.(object) ? 'good' : validate && firstError(validate)));
  expect(verdicts(reached)).toEqual(verdicts(whole));
});

test('leaves out what no object reaches, and keeps what defaults add', () => {
  const keys = new Set([...keysIn({ size: 1 }), ...keysOfDefaults(schema)]);
  expect([...keys]).toEqual(['size', 'by', 'whom']);
  const { properties } = reachedSchema(schema, keys) as { properties: JsonSchema };
  expect(Object.keys(properties)).toEqual(['size', 'set']);
  expect(properties.set).toEqual((schema.properties as JsonSchema).set);
});
