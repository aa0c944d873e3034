import type { JsonSchema } from '@fluxwright/kubernetes-schemas';
import { expect, test } from 'vitest';
import { schemaPlaces } from './schema-places.ts';

const rules = { 'x-kubernetes-validations': [{ rule: 'self.a == 1' }] };
const schema: JsonSchema = {
  properties: {
    direct: { type: 'object', ...rules },
    plain: { type: 'object', properties: { a: { type: 'string' } } },
    list: { items: { anyOf: [{ $ref: '#/definitions/node' }, { type: 'null' }] } },
    open: { additionalProperties: { type: 'array', 'x-kubernetes-list-map-keys': ['name'] } },
    circle: { $ref: '#/definitions/circle' },
  },
  definitions: {
    node: { properties: { child: { $ref: '#/definitions/node' }, leaf: rules } },
    circle: { properties: { circle: { $ref: '#/definitions/circle' } } },
  },
};

function placesIn(object: Parameters<typeof schemaPlaces>[0]): readonly string[] {
  return schemaPlaces(object, schema).map(({ path }) => path.join('.'));
}

test('finds the values that have rules, behind references, optional ones and any key, in the order of the object', () => {
  expect(
    placesIn({ open: { one: [] }, list: [{}, { leaf: {}, child: { leaf: {} } }], direct: {}, plain: { a: 'b' } }),
  ).toEqual(['open.one', 'list.1.leaf', 'list.1.child.leaf', 'direct']);
});

test('ends where a schema refers to itself', () => {
  expect(placesIn({ circle: { circle: { circle: {} } } })).toEqual([]);
});
