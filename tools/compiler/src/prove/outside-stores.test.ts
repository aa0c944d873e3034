import { expect, test } from 'vitest';
import { cluster, component, type Files, renderFiles } from '../../test/sample-workspace.ts';
import { proveCluster } from './prove-cluster.ts';

const buckets = `  namespace: objects
  helm:
    repository: https://charts.example.com
    chart: objects
    version: 1.0.0
    makes: [{at: "buckets[]", kind: bucket, namespace: objects.objects.svc, name: "{.name}"}]
`;
const registry = `  namespace: registry
  helm:
    repository: https://charts.example.com
    chart: registry
    version: 1.0.0
    needs: [{at: storage.s3, kind: bucket, namespace: "{.endpoint@host}", name: "{.bucket}"}]
`;
const objects = (values: string) => component('objects', buckets, { 'helm/values.yaml.hbs': values });
const reader = (endpoint: string) =>
  component('registry', registry, {
    'helm/values.yaml.hbs': `storage:\n  s3:\n    endpoint: ${endpoint}\n    bucket: {{values.bucket}}\n`,
    'values.yaml': 'bucket: images\n',
    'values.schema.json': JSON.stringify({
      type: 'object',
      additionalProperties: false,
      properties: { bucket: { type: 'string', description: 'The bucket.' } },
    }),
  });
const both = cluster('one', '  components: [objects, registry]\n');

test('a bucket in the values of one chart is made by the values of another', () => {
  expect(
    found({ ...both, ...objects('buckets: [{name: images}]\n'), ...reader('http://objects.objects.svc:9000') }),
  ).toEqual([]);
});

test.each([
  ['buckets:\n  - name: image\n', 2, 'did you mean "image"?'],
  ['replicas: 1\n', 1, /given: \[\{kind: bucket, namespace: objects\.objects\.svc, name: images\}\]/],
])(
  'a bucket that nobody makes is found with the line that names it and where buckets come from: %j',
  (made, line, help) => {
    const [finding, ...others] = findings({
      ...both,
      ...objects(made),
      ...reader('https://user@objects.objects.svc.cluster.local:9000/a'),
    });
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      code: 'prove/missing-provider',
      message:
        'HelmRelease registry/registry needs bucket objects.objects.svc/images, which nothing in the cluster provides',
      note: 'no bucket "images" in objects.objects.svc',
      primary: { file: 'components/registry/helm/values.yaml.hbs', start: { line: 4 } },
      labels: expect.arrayContaining([
        expect.objectContaining({ span: expect.objectContaining({ file: 'components/registry/values.yaml' }) }),
        expect.objectContaining({
          message: 'what is there comes from here',
          span: expect.objectContaining({ file: 'components/objects/helm/values.yaml.hbs' }),
        }),
      ]),
      help: typeof help === 'string' ? help : expect.stringMatching(help),
    });
    expect(finding?.labels?.at(-1)?.span.start?.line).toBe(line);
  },
);

test('a store that nobody in the cluster fills is not judged', () => {
  expect(found({ ...both, ...objects('buckets: []\n'), ...reader('https://s3.example.com') })).toEqual([]);
});

test('a bucket that somebody hands over is there', () => {
  const given = `  given: [{kind: bucket, namespace: objects.objects.svc, name: images}]\n`;
  const files = { ...both, ...objects('buckets: []\n'), ...reader('http://objects.objects.svc') };
  expect(found(files)).toHaveLength(1);
  const key = 'components/registry/component.yaml';
  expect(found({ ...files, [key]: `${files[key]}${given}` })).toEqual([]);
});

const operator = component(
  'operator',
  `  namespace: operator
  provides:
    crds: [pushes.example.com, pulls.example.com]
    crdsAtRuntime: true
    kinds:
      - group: example.com
        kind: Push
        makes: [{at: "spec.data[]", kind: store entry, namespace: "{spec.stores[].name}", name: "{.entry}", keys: ["{.property}"]}]
      - group: example.com
        kind: Pull
        needs: [{at: "spec.data[]", kind: store entry, namespace: "{spec.store.name}", name: "{.entry}", keys: ["{.property}"]}]
`,
);
const push = `apiVersion: example.com/v1
kind: Push
metadata: {name: a}
spec: {stores: [{name: platform}, {name: copy}], data: [{entry: login, property: password}]}
`;
const pull = (store: string, entry: string, property?: string) => `apiVersion: example.com/v1
kind: Pull
metadata: {name: a}
spec:
  store: {name: ${store}}
  data:
    - entry: ${entry}
${property === undefined ? '' : `      property: ${property}\n`}`;

test.each([
  ['platform', 'login', 'password', []],
  ['copy', 'login', 'password', []],
  ['platform', 'login', undefined, []],
  ['elsewhere', 'nobody', 'password', []],
  [
    'copy',
    'logins',
    'password',
    ['prove/missing-provider: Pull shop/a needs store entry copy/logins, which nothing in the cluster provides'],
  ],
  [
    'platform',
    'login',
    'user',
    ['prove/missing-key: Pull shop/a reads the key "user" of store entry platform/login, which nobody puts there'],
  ],
])('of store %s, entry %s and property %s are read', (store, entry, property, messages) => {
  const files = { 'install/push.yaml': push, 'install/pull.yaml': pull(store, entry, property) };
  expect(
    found({
      ...cluster('one', '  components: [operator, shop]\n'),
      ...operator,
      ...component('shop', '  namespace: shop\n', files),
    }),
  ).toEqual(messages);
});

function findings(files: Files) {
  return proveCluster(renderFiles(files));
}

function found(files: Files): readonly string[] {
  return findings(files).map(({ code, message }) => `${code}: ${message}`);
}
