import type { JsonSchema } from '@fluxwright/kubernetes-schemas';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { skeletonOf } from './skeleton.ts';

const schema: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['kind'],
  properties: {
    kind: { type: 'string', enum: ['Widget'] },
    title: { type: ['string', 'null'], description: 'any text' },
    size: { type: 'integer', minimum: 1 },
    host: { type: 'string', pattern: '^[a-z.]+$' },
    labels: { type: 'object', additionalProperties: { type: 'string' } },
    free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
    children: { type: 'array', items: { $ref: '#/definitions/node' } },
    either: { anyOf: [{ type: 'string' }, { type: 'integer' }] },
  },
  definitions: {
    node: {
      type: 'object',
      required: ['name'],
      properties: {
        name: { type: 'string' },
        role: { type: 'string', maxLength: 2 },
        children: { type: 'array', items: { $ref: '#/definitions/node' } },
      },
    },
  },
};

test('keeps what a rule looks at, and only that', () => {
  const object = {
    kind: 'Widget',
    title: 'Tuesday',
    host: 'shop.example.com',
    labels: { a: 'b' },
    free: { anything: { at: 'all' } },
    children: [{ name: 'x', role: 'ab', more: 1 }],
    either: 'text',
  };
  expect(skeletonOf(schema)(object)).toEqual({
    kind: 'Widget',
    title: '',
    host: 'shop.example.com',
    labels: { a: '' },
    free: { anything: null },
    children: [{ name: '', role: 'ab', more: null }],
    either: 'text',
  });
});

test('a key named __proto__ is a key', () => {
  const skeleton = skeletonOf(schema)(JSON.parse('{"kind":"Widget","__proto__":{"a":"b"}}'));
  expect(JSON.stringify(skeleton)).toBe('{"kind":"Widget","__proto__":null}');
});

test('an object and its skeleton break the same rules at the same places', () => {
  const validate = new Ajv({ allErrors: true, strict: false }).compile(schema);
  const faults = (value: unknown): string[] => {
    validate(value);
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  };
  const scalar = fc.oneof(
    fc.string(),
    fc.constantFrom('Widget', 'a.b', 'ab'),
    fc.integer(),
    fc.constant(null),
    fc.boolean(),
  );
  const node = fc.letrec((tie) => ({
    node: fc.record(
      { name: scalar, role: scalar, children: fc.array(tie('node'), { maxLength: 2 }), more: scalar },
      { requiredKeys: [] },
    ),
  })).node;
  const object = fc.record(
    {
      kind: scalar,
      title: scalar,
      size: scalar,
      host: scalar,
      labels: fc.oneof(scalar, fc.dictionary(fc.string(), scalar)),
      free: fc.oneof(scalar, fc.object()),
      children: fc.oneof(scalar, fc.array(fc.oneof(scalar, node))),
      either: scalar,
      unknown: fc.jsonValue(),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(object, (value) => {
      const plain = JSON.parse(JSON.stringify(value));
      expect(faults(skeletonOf(schema)(plain))).toEqual(faults(plain));
    }),
  );
});
