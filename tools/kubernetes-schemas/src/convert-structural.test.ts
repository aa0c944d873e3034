import { describe, expect, test } from 'vitest';
import { convertStructural } from './convert-structural.ts';
import type { JsonSchema } from './json-schema.ts';

const cases: { name: string; structural: JsonSchema; strict: JsonSchema }[] = [
  {
    name: 'closes an object that declares its fields, and lets an optional one be null',
    structural: { type: 'object', required: ['a'], properties: { a: { type: 'string' }, b: { type: 'integer' } } },
    strict: {
      type: 'object',
      required: ['a'],
      properties: { a: { type: 'string' }, b: { type: ['integer', 'null'] } },
      additionalProperties: false,
    },
  },
  {
    name: 'closes an object that declares no fields: the server prunes all of them',
    structural: { type: 'object' },
    strict: { type: 'object', additionalProperties: false },
  },
  {
    name: 'leaves an object open that preserves unknown fields',
    structural: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
    strict: { type: 'object' },
  },
  {
    name: 'keeps a map a map',
    structural: { type: 'object', additionalProperties: { type: 'string' } },
    strict: { type: 'object', additionalProperties: { type: ['string', 'null'] } },
  },
  {
    name: 'does not ask for a key with a default',
    structural: { type: 'object', required: ['a'], properties: { a: { type: 'string', default: 'x' } } },
    strict: {
      type: 'object',
      properties: { a: { type: ['string', 'null'], default: 'x' } },
      additionalProperties: false,
    },
  },
  {
    name: 'says int-or-string as types and keeps the pattern',
    structural: { anyOf: [{ type: 'integer' }, { type: 'string' }], pattern: '^1', 'x-kubernetes-int-or-string': true },
    strict: { type: ['integer', 'string'], pattern: '^1' },
  },
  {
    name: 'turns an exclusive bound of OpenAPI 3.0 into a number',
    structural: { type: 'integer', minimum: 0, exclusiveMinimum: true, maximum: 9 },
    strict: { type: 'integer', exclusiveMinimum: 0, maximum: 9 },
  },
  {
    name: 'closes nothing inside anyOf',
    structural: {
      type: 'object',
      properties: { a: { type: 'string' } },
      anyOf: [{ required: ['a'], properties: { a: { minLength: 1 } } }],
    },
    strict: {
      type: 'object',
      properties: { a: { type: ['string', 'null'] } },
      additionalProperties: false,
      anyOf: [{ required: ['a'], properties: { a: { minLength: 1, not: { type: 'null' } } } }],
    },
  },
  {
    name: 'keeps what tells items apart and CEL rules under their own names',
    structural: {
      type: 'array',
      items: { type: 'object', properties: { name: { type: 'string' } } },
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name'],
      'x-kubernetes-validations': [{ rule: 'size(self) > 1', message: 'two at least', reason: 'FieldValueInvalid' }],
    },
    strict: {
      type: 'array',
      items: { type: 'object', properties: { name: { type: ['string', 'null'] } }, additionalProperties: false },
      'x-kubernetes-list-map-keys': ['name'],
      'x-kubernetes-validations': [{ rule: 'size(self) > 1', message: 'two at least' }],
    },
  },
  {
    name: 'counts a null as missing, and a default as there, inside oneOf',
    structural: {
      type: 'object',
      properties: {
        a: { type: 'string' },
        b: { type: 'string', nullable: true },
        c: { type: 'string', default: 'x' },
      },
      oneOf: [{ required: ['a'] }, { required: ['b', 'c'], properties: { a: { enum: ['x'] } } }],
    },
    strict: {
      type: 'object',
      properties: {
        a: { type: ['string', 'null'] },
        b: { type: ['string', 'null'] },
        c: { type: ['string', 'null'], default: 'x' },
      },
      additionalProperties: false,
      oneOf: [
        { required: ['a'], properties: { a: { not: { type: 'null' } } } },
        { required: ['b'], properties: { a: { enum: ['x', null] } } },
      ],
    },
  },
  {
    name: 'refuses null for a required key of any type',
    structural: {
      type: 'object',
      required: ['a'],
      properties: { a: { 'x-kubernetes-preserve-unknown-fields': true } },
    },
    strict: {
      type: 'object',
      required: ['a'],
      properties: { a: { not: { type: 'null' } } },
      additionalProperties: false,
    },
  },
  {
    name: 'bounds an int32, also where one bound is declared',
    structural: { type: 'integer', format: 'int32', minimum: 1 },
    strict: { type: 'integer', minimum: 1, maximum: 2147483647 },
  },
  {
    name: 'lets no item of a set be there twice',
    structural: { type: 'array', items: { type: 'string' }, 'x-kubernetes-list-type': 'set' },
    strict: { type: 'array', items: { type: 'string' }, uniqueItems: true },
  },
  {
    name: 'moves rules that a null would break behind else',
    structural: { type: 'string', nullable: true, not: { enum: ['b'] } },
    strict: { type: ['string', 'null'], if: { type: 'null' }, else: { not: { enum: ['b'] } } },
  },
  {
    name: 'finds a null in no enum, as the server does, and drops it before where it is not declared',
    structural: {
      type: 'object',
      properties: {
        a: { type: 'string', nullable: true, enum: ['x', null] },
        b: { type: 'string', enum: ['x'] },
      },
    },
    strict: {
      type: 'object',
      properties: { a: { type: 'string', enum: ['x', null] }, b: { type: ['string', 'null'], enum: ['x', null] } },
      additionalProperties: false,
    },
  },
  {
    name: 'adds to an embedded resource what the server knows of it',
    structural: {
      type: 'object',
      'x-kubernetes-embedded-resource': true,
      'x-kubernetes-preserve-unknown-fields': true,
    },
    strict: {
      type: 'object',
      required: ['apiVersion', 'kind'],
      properties: {
        apiVersion: { type: 'string', minLength: 1 },
        kind: { type: 'string', minLength: 1 },
        metadata: { $ref: '#/definitions/ObjectMeta.orNull' },
      },
    },
  },
];

describe('convertStructural', () => {
  test.each(cases)('$name', ({ structural, strict }) => {
    expect(convertStructural(structural)).toEqual(strict);
  });
});
