import type { Json, JsonSchema } from '../../src/json-schema.ts';

const text = { type: 'string' };
const size = { type: 'integer', format: 'int32', minimum: 1 };

const openAPIV3Schema: JsonSchema = {
  type: 'object',
  required: ['spec'],
  properties: {
    spec: {
      type: 'object',
      required: ['size', 'mode', 'anything'],
      properties: {
        size,
        mode: { ...text, default: 'fast', enum: ['fast', 'slow'] },
        anything: { 'x-kubernetes-preserve-unknown-fields': true },
        nothing: { ...text, nullable: true },
        choice: { ...text, nullable: true, enum: ['a', null] },
        port: {
          'x-kubernetes-int-or-string': true,
          anyOf: [{ type: 'integer' }, { type: 'string' }],
          pattern: '^[a-z0-9]+$',
        },
        source: {
          type: 'object',
          properties: {
            git: { type: 'object', properties: { url: text } },
            path: text,
            ref: { ...text, nullable: true },
          },
          oneOf: [
            { required: ['git'], properties: { git: { required: ['url'] } } },
            { required: ['path'], not: { required: ['ref'] } },
          ],
        },
        labels: { type: 'object', additionalProperties: text, minProperties: 1 },
        open: { type: 'object', properties: { a: text }, 'x-kubernetes-preserve-unknown-fields': true },
        embedded: {
          type: 'object',
          'x-kubernetes-embedded-resource': true,
          'x-kubernetes-preserve-unknown-fields': true,
        },
        set: { type: 'array', items: text, 'x-kubernetes-list-type': 'set', maxItems: 3 },
        certificate: { ...text, format: 'byte' },
        range: { ...text, format: 'cidr' },
      },
    },
    status: {
      type: 'object',
      required: ['phase'],
      properties: { phase: { ...text, enum: ['Ready'] }, count: size },
    },
  },
};

/** A definition with what is hard to say as a JSON Schema: nulls, defaults, alternatives, embedded objects, formats. */
export const awkwardDefinition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition' as const,
  metadata: { name: 'awkwards.example.net' },
  spec: {
    group: 'example.net',
    scope: 'Namespaced' as const,
    names: { kind: 'Awkward', plural: 'awkwards', singular: 'awkward', listKind: 'AwkwardList' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        subresources: { status: {} },
        schema: {
          openAPIV3Schema,
        },
      },
    ],
  },
};

const sources: readonly Json[] = [
  { git: { url: 'a' }, path: null },
  { path: 'a', git: null },
];

/** Objects of it that the server takes. */
export const awkwardObjects: readonly Record<string, Json>[] = sources.map((source) => ({
  apiVersion: 'example.net/v1',
  kind: 'Awkward',
  metadata: { name: 'example' },
  spec: {
    size: 3,
    mode: 'slow',
    anything: { a: [1] },
    nothing: null,
    choice: 'a',
    port: 80,
    source,
    labels: { a: 'b', c: 'd' },
    open: { a: 'b', c: 1 },
    embedded: { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', labels: { a: 'b' } }, spec: {} },
    set: ['a'],
    certificate: 'aGVsbG8=',
    range: '10.0.0.0/8',
  },
  status: { phase: 'Ready', count: 1 },
}));
