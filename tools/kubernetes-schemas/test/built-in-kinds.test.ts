import { describe, expect, test } from 'vitest';
import type { Json, JsonSchema } from '../src/json-schema.ts';
import { loadSchemas, supportedVersions } from '../src/load-schemas.ts';
import { compileSchema } from './compile-schema.ts';
import { firstError } from './first-error.ts';

const pod = (container: Record<string, Json>, metadata: Record<string, Json> = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'example', ...metadata },
  spec: { containers: [{ name: 'main', ...container }] },
});
const secret = (data: Record<string, Json>) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'example' },
  data,
});
const service = (port: Record<string, Json>) => ({ apiVersion: 'v1', kind: 'Service', spec: { ports: [port] } });

const lease = (renewTime: string) => ({ apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', spec: { renewTime } });
const inDefinition = '/spec/versions/[]/schema/openAPIV3Schema/properties/spec';
const definition = (spec: Record<string, Json>) => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  spec: {
    group: 'example.org',
    scope: 'Namespaced',
    names: { kind: 'Example', plural: 'examples' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', properties: { spec } } },
      },
    ],
  },
});

const cases: { name: string; object: { apiVersion: string; kind: string }; error?: string }[] = [
  { name: 'a plain pod', object: pod({ image: 'nginx' }) },
  {
    name: 'null for an optional key',
    object: pod({ image: 'nginx', resources: null }, { creationTimestamp: null, labels: { a: null } }),
  },
  {
    name: 'null for a required key',
    object: { ...pod({}), spec: { containers: null } } as never,
    error: '/spec/containers type',
  },
  {
    name: 'a misspelt key',
    object: pod({ imagePullPolice: 'Always' }),
    error: '/spec/containers/[]/imagePullPolice additionalProperties',
  },
  { name: 'a misspelt metadata key', object: pod({}, { label: {} }), error: '/metadata/label additionalProperties' },
  {
    name: 'a container without a name',
    object: { ...pod({}), spec: { containers: [{}] } } as never,
    error: '/spec/containers/[]/name required',
  },
  { name: 'a number label', object: pod({}, { labels: { version: 2 } }), error: '/metadata/labels/version type' },
  {
    name: 'quantities',
    object: pod({ resources: { limits: { cpu: 1.5, memory: '1.5Gi' }, requests: { cpu: '100m', memory: '1e3' } } }),
  },
  {
    name: 'a quantity with a wrong suffix',
    object: pod({ resources: { limits: { memory: '1GB' } } }),
    error: '/spec/containers/[]/resources/limits/memory pattern',
  },
  { name: 'a port by name', object: service({ port: 80, targetPort: 'http' }) },
  { name: 'a port by number', object: service({ port: 80, targetPort: 8080 }) },
  {
    name: 'a port by fraction',
    object: service({ port: 80, targetPort: 80.5 }),
    error: '/spec/ports/[]/targetPort type',
  },
  { name: 'base64', object: secret({ a: 'aGVsbG8=', b: '' }) },
  { name: 'plain text for base64', object: secret({ a: 'hello world!' }), error: '/data/a pattern' },
  {
    name: 'base64 in lines',
    object: secret({ a: 'aGVs\nbG8=\n', b: '\r\naGVsbG8h' }),
  },
  { name: 'a word that is no base64', object: secret({ password: 'admin' }), error: '/data/password pattern' },
  {
    name: 'a port that no int32 holds',
    object: service({ port: 3_000_000_000 }),
    error: '/spec/ports/[]/port maximum',
  },
  {
    name: 'a named port that no int32 holds',
    object: service({ port: 80, targetPort: 3_000_000_000 }),
    error: '/spec/ports/[]/targetPort maximum',
  },
  {
    name: 'a header without a value: the server does not ask for it',
    object: pod({ livenessProbe: { httpGet: { port: 80, httpHeaders: [{ name: 'a' }] } } }),
  },
  {
    name: 'a status without what it requires: the server resets it',
    object: { ...pod({}), status: { conditions: [{ type: 'Ready' }] } } as never,
  },
  {
    name: 'a status with an unknown key',
    object: { ...pod({}), status: { conditions: [{ tpye: 'Ready' }] } } as never,
    error: '/status/conditions/[]/tpye additionalProperties',
  },
  {
    name: 'a null in a list: the server reads it as an empty value, which nobody means',
    object: pod({ args: [null] }),
    error: '/spec/containers/[]/args/[] type',
  },
  { name: 'a lease with six digits of a second', object: lease('2026-01-02T03:04:05.000000Z') },
  { name: 'a lease without', object: lease('2026-01-02T03:04:05Z'), error: '/spec/renewTime pattern' },
  {
    name: 'a definition whose schema nests itself',
    object: definition({ type: 'object', requird: [] }),
    error: `${inDefinition}/requird additionalProperties`,
  },
  {
    name: 'a definition with a misspelt key in a list: the server drops it in silence',
    object: definition({ type: 'array', items: { tpye: 'string' } }),
  },
  {
    name: 'a definition of any fields',
    object: definition({ type: 'object', additionalProperties: true }),
  },
];

describe.each(supportedVersions())('built-in kinds of Kubernetes %s', (kubernetesVersion) => {
  const schemas = loadSchemas({ kubernetesVersion });

  test.each(cases)('$name', ({ object, error }) => {
    const validate = compileSchema(schemas.schema(object.apiVersion, object.kind) as JsonSchema);
    expect(validate(object) ? undefined : firstError(validate)).toBe(error);
  });

  test('refuses an object of another kind', () => {
    const validate = compileSchema(schemas.schema('v1', 'Pod') as JsonSchema);
    expect(validate({ ...pod({}), kind: 'Pot' })).toBe(false);
  });
});
