import { describe, expect, test } from 'vitest';
import { definedSchemas, layeredSchemas } from './defined-schemas.ts';
import type { Json, JsonSchema } from './json-schema.ts';
import { loadSchemas } from './load-schemas.ts';

const base = loadSchemas({ kubernetesVersion: '1.36' });

function definition(schema: Json, names: JsonSchema = { kind: 'Widget', plural: 'widgets' }, group = 'example.com') {
  const versions = [
    { name: 'v1', served: true, schema: { openAPIV3Schema: schema } },
    { name: 'v1alpha1', served: false, schema: { openAPIV3Schema: schema } },
  ];
  const object = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    spec: { group, scope: 'Cluster', names, versions },
  };
  return { object, from: 'the chart' };
}

const sized = { type: 'object', properties: { spec: { type: 'object', properties: { size: { type: 'integer' } } } } };

describe('definedSchemas', () => {
  test('gives a served version its strict schema, with the metadata of Kubernetes', () => {
    const defined = definedSchemas([definition(sized)], base);
    expect(defined.schema('example.com/v1', 'Widget')).toMatchObject({
      properties: { spec: { additionalProperties: false }, metadata: { $ref: '#/definitions/ObjectMeta' } },
      definitions: { ObjectMeta: { type: 'object' } },
    });
    expect(defined.describe('example.com/v1', 'Widget')).toMatchObject({
      scope: 'Cluster',
      plural: 'widgets',
      source: { registry: 'definition', module: 'the chart' },
    });
    expect(defined.describe('example.com/v1alpha1', 'Widget')).toBeUndefined();
    expect(defined.describe('v1', 'Pod')).toBeUndefined();
  });

  test.each([
    ['a schema that is no map', 5],
    ['properties that are no map', { type: 'object', properties: [3] }],
    ['branches that are no list', { type: 'object', allOf: 7 }],
    ['a reference to nothing', { type: 'object', enum: [{ $ref: '#/definitions/x' }] }],
    ['nested without end', Array.from({ length: 20_000 }).reduce<Json>((items) => ({ type: 'array', items }), {})],
  ])('takes %s for no schema, or for one without that rule, and does not fail', (_, schema) => {
    const { listKinds } = definedSchemas([definition(schema)], base);
    expect(listKinds).not.toThrow();
  });

  test('takes what is no definition for none', () => {
    const broken: JsonSchema[] = [{}, { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition' }];
    expect(
      definedSchemas(
        broken.map((object) => ({ object, from: 'x' })),
        base,
      ).listKinds(),
    ).toEqual([]);
  });
});

test('layeredSchemas prefers the first, and has all kinds sorted', () => {
  const own = definition(sized, { kind: 'Certificate', plural: 'certificates' }, 'cert-manager.io');
  const both = layeredSchemas(definedSchemas([own, definition(sized)], base), base);
  expect(both.describe('cert-manager.io/v1', 'Certificate')?.source.registry).toBe('definition');
  expect(both.scopeOf('cert-manager.io/v1', 'Issuer')).toBe('Namespaced');
  const keys = both.listKinds().map(({ apiVersion, kind }) => `${apiVersion}/${kind}`);
  expect(keys).toHaveLength(base.listKinds().length + 1);
  expect(keys).toEqual(keys.toSorted((a, b) => (a < b ? -1 : 1)));
});
