import type { JsonValue } from '@fluxwright/documents';
import { expect, it } from 'vitest';
import { schemaShape } from './shape.ts';

const closed = (properties: JsonValue) => ({ type: 'object', additionalProperties: false, properties });

it.each<[string, JsonValue, string, boolean]>([
  ['a declared key', closed({ a: { type: 'string' } }), 'a', true],
  ['an undeclared key', closed({ a: { type: 'string' } }), 'b', false],
  ['a key of a scalar', closed({ a: { type: 'string' } }), 'a.b', false],
  ['a key of a free-form map', closed({ a: { type: 'object' } }), 'a.b.c', true],
  [
    'a key of a map of strings',
    closed({ a: { type: 'object', additionalProperties: { type: 'string' } } }),
    'a.b',
    true,
  ],
  [
    'a key below a map of strings',
    closed({ a: { type: 'object', additionalProperties: { type: 'string' } } }),
    'a.b.c',
    false,
  ],
  [
    'a key by pattern',
    closed({ a: { type: 'object', patternProperties: { '^x-': {} }, additionalProperties: false } }),
    'a.x-1',
    true,
  ],
  [
    'a key outside the pattern',
    closed({ a: { type: 'object', patternProperties: { '^x-': {} }, additionalProperties: false } }),
    'a.y',
    false,
  ],
  [
    'a key behind a reference',
    { ...closed({ a: { $ref: '#/$defs/b' } }), $defs: { b: closed({ c: {} }) } },
    'a.c',
    true,
  ],
  [
    'an unknown key behind a reference',
    { ...closed({ a: { $ref: '#/$defs/b' } }), $defs: { b: closed({ c: {} }) } },
    'a.d',
    false,
  ],
  [
    'a key behind an anchor',
    { ...closed({ a: { $ref: '#b' } }), $defs: { b: { $anchor: 'b', ...closed({ c: {} }) } } },
    'a.c',
    true,
  ],
  [
    'an unknown key behind an anchor',
    { ...closed({ a: { $ref: '#b' } }), $defs: { b: { $anchor: 'b', ...closed({ c: {} }) } } },
    'a.d',
    false,
  ],
  ['a key of one branch', closed({ a: { oneOf: [closed({ b: {} }), closed({ c: {} })] } }), 'a.c', true],
  ['a key of no branch', closed({ a: { oneOf: [closed({ b: {} }), closed({ c: {} })] } }), 'a.d', false],
  ['a key beside branches that only demand', { ...closed({ a: {} }), anyOf: [{ required: ['a'] }] }, 'b', false],
  ['an item', closed({ a: { type: 'array', items: closed({ b: {} }) } }), 'a.0.b', true],
  ['an unknown key of an item', closed({ a: { type: 'array', items: closed({ b: {} }) } }), 'a.0.c', false],
  ['the length of a list', closed({ a: { type: 'array', items: {} } }), 'a.length', true],
  ['a schema that holds itself', { ...closed({ a: { $ref: '#' } }) }, 'a.a.a', true],
  ['a name of JavaScript', closed({ a: {} }), 'constructor', false],
])('%s', (_, schema, path, exists) => {
  const found = path
    .split('.')
    .reduce<ReturnType<typeof schemaShape> | undefined>((at, key) => at?.child(key), schemaShape(schema));
  expect(found !== undefined).toBe(exists);
});
