import { expect, test } from 'vitest';
import { type CustomResourceDefinition, convertCrd } from './convert-crd.ts';

const conditions = { type: 'array', minItems: 1, items: { type: 'string', enum: ['a'] } };
const openAPIV3Schema = {
  type: 'object',
  properties: { status: { type: 'object', required: ['conditions'], properties: { conditions } } },
};

function statusOf(subresources: object) {
  const crd: CustomResourceDefinition = {
    kind: 'CustomResourceDefinition',
    spec: {
      group: 'example.org',
      scope: 'Namespaced',
      names: { kind: 'Example', plural: 'examples' },
      versions: [{ name: 'v1', served: true, schema: { openAPIV3Schema }, subresources }],
    },
  };
  const [made] = convertCrd(crd);
  return (made?.schema.properties as { status: object } | undefined)?.status;
}

test('holds a status that the server resets against names and types only', () => {
  expect(statusOf({ status: {} })).toEqual({
    type: ['object', 'null'],
    properties: { conditions: { type: ['array', 'null'], items: { type: 'string' } } },
    additionalProperties: false,
  });
});

test('holds a status that is stored against its rules', () => {
  expect(statusOf({})).toMatchObject({ required: ['conditions'], properties: { conditions: { minItems: 1 } } });
});
