import { expect, test } from 'vitest';
import { isSchema, type Json, type JsonSchema } from './json-schema.ts';
import { loadSchemas } from './load-schemas.ts';
import { shareParts } from './share-parts.ts';

const container = {
  type: 'object',
  additionalProperties: false,
  properties: {
    image: {
      type: 'string',
      description: 'What runs in it: a name in a registry, and a tag or a digest of its content.',
    },
    command: { type: 'array', items: { type: 'string' } },
    environment: { type: 'object', additionalProperties: { type: 'string' } },
  },
};

test('what stands in several places stands once, in what is shared too', () => {
  const properties = { one: container, two: container, list: { type: 'array', items: { ...container } } };
  const pair = { type: 'object', properties };
  expect(shareParts({ type: 'object', properties: { first: pair, second: { ...pair } } })).toEqual({
    type: 'object',
    properties: { first: { $ref: '#/definitions/shared-0' }, second: { $ref: '#/definitions/shared-0' } },
    definitions: {
      'shared-0': {
        type: 'object',
        properties: {
          one: { $ref: '#/definitions/shared-1' },
          two: { $ref: '#/definitions/shared-1' },
          list: { type: 'array', items: { $ref: '#/definitions/shared-1' } },
        },
      },
      'shared-1': container,
    },
  });
});

test('values that are no schemas, short ones and branches stay where they are', () => {
  const branches = { anyOf: [container, container], default: { properties: container }, enum: [container, container] };
  const schema = { properties: { one: { type: 'string' }, two: { type: 'string' }, anyOf: branches } };
  expect(shareParts(schema)).toBe(schema);
});

test('a name that is taken is left alone', () => {
  const definitions = { 'shared-0': { type: 'integer' } };
  const schema = {
    properties: { one: container, two: container, three: { $ref: '#/definitions/shared-0' } },
    definitions,
  };
  expect(shareParts(schema).definitions).toEqual({ ...definitions, 'shared-1': container });
});

test.each([
  ['psmdb.percona.com/v1', 'PerconaServerMongoDB'],
  ['kafka.strimzi.io/v1', 'Kafka'],
  ['cilium.io/v2', 'CiliumNetworkPolicy'],
])('the schema of %s %s says the same in less', (apiVersion, kind) => {
  const schema = loadSchemas({ kubernetesVersion: '1.36' }).schema(apiVersion, kind) as JsonSchema;
  const made = shareParts(schema);
  expect(JSON.stringify(made).length).toBeLessThan(JSON.stringify(schema).length);
  expect(putBack(made, schema)).toEqual(schema);
});

/** With what was taken out of a schema back in its places. */
function putBack(made: JsonSchema, { definitions: own }: JsonSchema): JsonSchema {
  const all = (made.definitions ?? {}) as JsonSchema;
  const names = isSchema(own) ? own : {};
  const whole = (part: Json): Json => {
    if (Array.isArray(part)) return part.map(whole);
    if (!isSchema(part)) return part;
    const name = typeof part.$ref === 'string' ? part.$ref.slice('#/definitions/'.length) : '';
    if (name.startsWith('shared-') && !Object.hasOwn(names, name)) return whole(all[name] as Json);
    return Object.fromEntries(Object.entries(part).map(([key, each]) => [key, whole(each)]));
  };
  const { definitions: _, ...rest } = made;
  const kept = Object.fromEntries(Object.keys(names).map((name) => [name, whole(all[name] as Json)]));
  return { ...(whole(rest) as JsonSchema), ...(own === undefined ? {} : { definitions: kept }) };
}
