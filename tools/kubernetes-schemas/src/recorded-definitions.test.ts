import { describe, expect, test } from 'vitest';
import type { Json, JsonSchema } from './json-schema.ts';
import { definitionObject, readDefinition, recordDefinitions } from './recorded-definitions.ts';
import { schemaOfShape, shapeOf } from './shape.ts';
import { shareShapes } from './shared-shapes.ts';

const object = (properties: JsonSchema, more: JsonSchema = {}): JsonSchema => ({ type: 'object', properties, ...more });

describe('a shape', () => {
  test.each<[string, JsonSchema, Json]>([
    ['says what is required', object({ a: { type: 'string' } }, { required: ['a'] }), { 'a!': 'string' }],
    ['not what has a default', object({ a: { type: 'string', default: 'x' } }, { required: ['a'] }), { a: 'string' }],
    ['of a map of anything', { type: 'object', 'x-kubernetes-preserve-unknown-fields': true }, 'object'],
    ['of a map of one type', { type: 'object', additionalProperties: { type: 'integer' } }, { '*': 'integer' }],
    ['of anything', { 'x-kubernetes-preserve-unknown-fields': true }, 'any'],
    ['of a number or a text', { 'x-kubernetes-int-or-string': true, nullable: true }, 'int-or-string?'],
    ['of a format that is checked', { type: 'string', format: 'date-time' }, 'date-time'],
    ['and of one that is not', { type: 'string', format: 'hostname', pattern: '^a' }, 'string'],
    ['of a few words', { type: 'string', enum: ['on', 'off'] }, { $enum: ['on', 'off'] }],
    [
      'of a list by keys',
      { type: 'array', items: object({}), 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['name'] },
      { $items: {}, $keys: ['name'] },
    ],
    [
      'of a set',
      { type: 'array', items: { type: 'string' }, 'x-kubernetes-list-type': 'set' },
      { $items: 'string', $unique: true },
    ],
    [
      'of a key that looks like a mark',
      object({ $ref: { type: 'string' }, '*': { type: 'string' } }),
      { '\\$ref': 'string', '\\*': 'string' },
    ],
    [
      'of an object of Kubernetes',
      object({}, { 'x-kubernetes-embedded-resource': true, 'x-kubernetes-preserve-unknown-fields': true }),
      { '*': 'any', $resource: true },
    ],
    ['of a key that cannot be written is open', object({ 'a!': { type: 'string' } }), 'object'],
  ])('%s', (_, schema, shape) => {
    expect(shapeOf(schema)).toEqual(shape);
    expect(shapeOf(schemaOfShape(shape))).toEqual(shape);
  });

  test.each<[string, Json, string]>([
    ['a word that is no type', 'text', 'text is no type'],
    ['a name that nobody has', '$pod', 'nothing is called $pod'],
    ['a list of two', ['string', 'integer'], 'a list has the shape of its items, and nothing else'],
    ['a number', 5, '5 is no shape'],
  ])('%s is none', (_, shape, message) => {
    expect(() => schemaOfShape(shape)).toThrow(message);
  });

  test('that has itself inside is none', () => {
    expect(() => schemaOfShape('$a', { a: { b: '$a' } })).toThrow('$a has itself inside');
  });
});

test('what occurs in several places stands once, in its turn with what it shares', () => {
  const inner = { labels: { '*': 'string' }, annotations: { '*': 'string' }, finalizers: ['string'] };
  const outer = { metadata: inner, replicas: 'integer', progressDeadlineSeconds: 'integer' };
  const { shapes, shared } = shareShapes([
    ['A', { spec: { template: outer, meta: inner } }],
    ['B', { spec: { template: outer } }],
  ]);
  expect(shapes).toEqual([{ spec: { template: '$template', meta: '$metadata' } }, { spec: { template: '$template' } }]);
  expect(Object.keys(shared)).toEqual(['metadata', 'template']);
  expect(shared.template).toEqual({ ...outer, metadata: '$metadata' });
  expect(schemaOfShape(shapes[0] as Json, shared)).toEqual(schemaOfShape({ spec: { template: outer, meta: inner } }));
});

function definition(schema: JsonSchema, more: JsonSchema = {}): JsonSchema {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'widgets.example.com' },
    spec: {
      group: 'example.com',
      scope: 'Cluster',
      names: { kind: 'Widget', plural: 'widgets' },
      versions: [
        { name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: schema }, ...more },
        { name: 'v1alpha1', served: false, storage: false, schema: { openAPIV3Schema: schema } },
      ],
    },
  };
}

const schema = object(
  {
    apiVersion: { type: 'string' },
    metadata: { type: 'object' },
    spec: object({ size: { type: 'integer', minimum: 1, description: 'How large.' } }, { required: ['size'] }),
    status: object({ ready: { type: 'boolean' } }, { required: ['ready'] }),
  },
  { required: ['metadata', 'spec'] },
);

test('of a definition the served versions are kept, without descriptions, rules and what every object has', () => {
  expect(recordDefinitions([definition(schema)])).toEqual({
    definitions: [
      {
        name: 'widgets.example.com',
        kind: 'Widget',
        scope: 'Cluster',
        versions: [
          { name: 'v1', storage: true, shape: { 'spec!': { 'size!': 'integer' }, status: { 'ready!': 'boolean' } } },
        ],
      },
    ],
    shapes: {},
  });
});

test('a status that the server resets has types alone', () => {
  const [version] = readDefinition(definition(schema, { subresources: { status: {} } }))?.versions ?? [];
  expect(version?.shape).toMatchObject({ status: { ready: 'boolean' } });
});

test('what the API server would refuse is passed over', () => {
  const other = { ...definition(schema), metadata: { name: 'other.example.com' } };
  expect(recordDefinitions([other, { ...definition(schema), apiVersion: 'apiextensions.k8s.io/v1beta1' }])).toEqual({
    definitions: [],
    shapes: {},
  });
});

test('a recorded definition is one again', () => {
  const { definitions, shapes } = recordDefinitions([definition(schema)]);
  const [first] = definitions;
  if (first === undefined) throw new Error('nothing was recorded');
  const again = definitionObject(first, shapes);
  expect(recordDefinitions([again])).toEqual({ definitions, shapes });
});
