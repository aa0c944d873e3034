import { formatPath, isObject, type JsonObject, type JsonPath, type JsonValue } from '@fluxwright/documents';
import { isSchema, type JsonSchema, loadSchemas, supportedVersions } from '@fluxwright/kubernetes-schemas';
import { describe, expect, it } from 'vitest';
import { fluxTreeOf } from '../tree/flux-tree.ts';
import { lintContext } from './lint-context.ts';
import { mistypedField } from './rules/mistyped-field.ts';

const schemas = loadSchemas({ kubernetesVersion: supportedVersions().at(-1) as string });
const kinds = schemas.listKinds().filter(({ apiVersion }) => apiVersion.includes('.fluxcd.io/'));

/** The places at which the rule finds something, and its help. */
function found(object: JsonObject): readonly (readonly [string, string | undefined])[] {
  const apiVersion = String(object.apiVersion);
  const lintObject = {
    apiVersion,
    group: apiVersion.split('/')[0] as string,
    kind: String(object.kind),
    name: 'x',
    namespace: 'flux-system',
    object,
    path: 'x.yaml',
    locate: () => [],
  };
  const context = lintContext(fluxTreeOf({ objects: [lintObject], applied: [] }), { minor: 9 });
  return mistypedField.check(context).map(({ at, help }) => [formatPath(at), help]);
}

const kustomization = (spec: JsonObject) =>
  found({ apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', metadata: { name: 'x' }, spec });

it.each([
  [{ prune: 'yes' }, 'spec.prune', 'write true, without quotes'],
  [{ suspend: 'off' }, 'spec.suspend', 'write false, without quotes'],
  [{ wait: 'maybe' }, 'spec.wait', 'write true or false'],
  [{ interval: 5 }, 'spec.interval', 'write it with its unit, such as 5m or 5s'],
  [{ timeout: '90 seconds' }, 'spec.timeout', 'write it with its unit, such as 90m or 90s'],
  [{ targetNamespace: 12 }, 'spec.targetNamespace', 'put it in quotes'],
  [{ deletionPolicy: 'Orphn' }, 'spec.deletionPolicy', 'did you mean "Orphan"?'],
  [{ dependsOn: [{ name: true }] }, 'spec.dependsOn[0].name', 'put it in quotes'],
  [{ dependsOn: { name: 'x' } }, 'spec.dependsOn', 'write a list'],
  [{ postBuild: { substitute: { REPLICAS: 3 } } }, 'spec.postBuild.substitute.REPLICAS', 'put it in quotes'],
] as const)('%j', (spec, path, help) => {
  expect(kustomization(spec as unknown as JsonObject)).toEqual([[path, help]]);
});

it.each([
  { prune: true, interval: '5m', retryInterval: '1m30s' },
  { interval: '${INTERVAL}', prune: '${PRUNE:=true}' },
  { timeout: null },
  { unheardOf: 5 },
] as const)('%j is not its business', (spec) => {
  expect(kustomization(spec as unknown as JsonObject)).toEqual([]);
});

describe.each(kinds.map((each) => [each.kind, each.apiVersion] as const))('%s of %s', (kind, apiVersion) => {
  const root = schemas.schema(apiVersion, kind) as JsonSchema;
  const spec = isSchema(root.properties) && isSchema(root.properties.spec) ? root.properties.spec : {};

  it('every scalar of its spec with a type is found where it has another', () => {
    const places = [...scalars(spec, ['spec'])];
    expect(places.length).toBeGreaterThan(0);
    for (const { path, wrong } of places) {
      const object = put({ apiVersion, kind }, path, wrong) as JsonObject;
      expect(found(object).map(([at]) => at)).toContain(formatPath(path));
    }
  });
});

/** The scalars below a schema, one item or key for each list or map, and a value of another type. */
function* scalars(schema: JsonSchema, path: JsonPath): Generator<{ path: JsonPath; wrong: JsonValue }> {
  const types = (Array.isArray(schema.type) ? schema.type : [schema.type]).filter((each) => each !== 'null');
  if (types.length === 1 && types[0] === 'string') yield { path, wrong: 5 };
  if (types.length === 1 && ['boolean', 'integer', 'number'].includes(String(types[0]))) yield { path, wrong: 'text' };
  if (isSchema(schema.properties)) {
    for (const [key, below] of Object.entries(schema.properties)) {
      if (isSchema(below)) yield* scalars(below, [...path, key]);
    }
  }
  if (isSchema(schema.items)) yield* scalars(schema.items, [...path, 0]);
  if (isSchema(schema.additionalProperties)) yield* scalars(schema.additionalProperties, [...path, 'key']);
}

function put(value: JsonValue, [step, ...rest]: JsonPath, wrong: JsonValue): JsonValue {
  if (step === undefined) return wrong;
  if (typeof step === 'number') return [put({}, rest, wrong)];
  const map = isObject(value) ? value : {};
  return { ...map, [step]: put(map[step] ?? {}, rest, wrong) };
}
