/** Schemas that have what kubeconform meets in real ones: closed objects, references, alternatives, formats and patterns. */
export const widgetLocation = '{{ .Group }}/{{ .ResourceKind }}_{{ .ResourceAPIVersion }}.json';

const quantity = { oneOf: [{ type: 'string' }, { type: 'integer' }] };

const widget = {
  type: 'object',
  required: ['apiVersion', 'kind', 'spec'],
  additionalProperties: false,
  properties: {
    apiVersion: { type: 'string', enum: ['example.dev/v1'] },
    kind: { type: 'string' },
    metadata: {
      type: 'object',
      properties: { labels: { type: 'object', additionalProperties: { type: 'string' } } },
    },
    spec: { $ref: '#/definitions/spec' },
  },
  definitions: {
    spec: {
      type: 'object',
      required: ['size'],
      additionalProperties: false,
      properties: {
        size: { type: 'integer', minimum: 1, maximum: 9 },
        timeout: { type: 'string', format: 'duration' },
        port: { anyOf: [{ type: 'integer' }, { type: 'string', pattern: '^[a-z]+$' }] },
        limits: { type: 'object', additionalProperties: quantity },
        parts: { type: 'array', maxItems: 3, items: { $ref: '#/definitions/part' } },
        children: { type: 'array', items: { $ref: '#/definitions/spec' } },
        free: {},
      },
    },
    part: { type: 'object', required: ['name'], properties: { name: { type: 'string', maxLength: 5 } } },
  },
};

const linked = {
  type: 'object',
  properties: { spec: { $ref: 'common.json#/definitions/spec' } },
};

export const widgetSchemas: Readonly<Record<string, object | string>> = {
  'example.dev/widget_v1.json': widget,
  'example.dev/linked_v1.json': linked,
  'example.dev/common.json': { definitions: { spec: { type: 'object', required: ['size'] } } },
  'example.dev/broken_v1.json': '{"type": ',
  'example.dev/nothing_v1.json': 'null',
  'v1/configmap_v1.json': { type: 'object', properties: { data: { type: 'object' } } },
};

/** A valid Widget with `spec` over its smallest one. */
export function widgetOf(spec: object = {}, metadata: object = { name: 'one' }): object {
  return { apiVersion: 'example.dev/v1', kind: 'Widget', metadata, spec: { size: 3, ...spec } };
}
