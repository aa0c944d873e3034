import type { JsonObject } from '@fluxwright/documents';
import { expect, it } from 'vitest';
import { valueKeys } from './value-keys.ts';

const schema: JsonObject = {
  type: 'object',
  properties: {
    name: { type: 'string' },
    server: { $ref: '#/$defs/server' },
    buckets: { type: 'array', items: { type: 'object', properties: { name: { type: 'string' } } } },
    labels: { type: 'object', additionalProperties: { type: 'string' } },
    pools: { type: 'object', additionalProperties: { $ref: '#/$defs/server' } },
    ports: { type: 'array', items: { type: 'integer' } },
    store: { oneOf: [{ type: 'object', properties: { s3: { type: 'string' } } }, { type: 'string' }] },
    owner: {
      type: 'object',
      'x-fluxwright-unwired': 'for people',
      properties: { team: { type: 'string' }, mail: { type: 'string' } },
    },
  },
  $defs: { server: { type: 'object', properties: { port: { type: 'integer' }, next: { $ref: '#/$defs/server' } } } },
};

it('finds each leaf, once for each place it stands for, and ends where a schema holds itself', () => {
  expect(valueKeys(schema).map(({ path }) => path.join('.'))).toEqual([
    'name',
    'server.port',
    'buckets.*.name',
    'labels',
    'pools.*.port',
    'ports',
    'store.s3',
    'owner.team',
    'owner.mail',
  ]);
});

it('knows where a key is declared, and why it may do nothing', () => {
  const found = valueKeys(schema);
  const port = found.find(({ path }) => path.join('.') === 'pools.*.port');
  expect(port?.schemaPath).toEqual(['$defs', 'server', 'properties', 'port']);
  expect(port?.schema).toEqual({ type: 'integer' });
  expect(found.at(-1)?.mark).toEqual({ reason: 'for people', schemaPath: ['properties', 'owner'] });
});
