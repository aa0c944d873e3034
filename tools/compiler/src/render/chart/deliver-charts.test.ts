import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { chartsAtHand } from '../../../test/charts-at-hand.ts';
import { packChart } from '../../../test/pack-chart.ts';
import { component, objectAt } from '../../../test/sample-workspace.ts';
import { capacityLedger } from '../../capacity/capacity-ledger.ts';
import { formatLedger } from '../../capacity/format-ledger.ts';

const { root, chart, run, close } = chartsAtHand();
afterAll(close);

const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}\n';
const service = (more = '') =>
  `apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Release.Name }}\nspec:\n  ports:\n    - port: {{ .Values.port | default 80 }}\n${more}`;
const definition = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec:
  group: example.com
  names: {kind: Widget, plural: widgets, singular: widget, listKind: WidgetList}
  scope: Namespaced
  versions:
    - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}
`;
const hook = (name: string, event: string) => `apiVersion: batch/v1
kind: Job
metadata:
  name: ${name}
  annotations: {helm.sh/hook: "${event}", helm.sh/hook-delete-policy: before-hook-creation, example.com/kept: "yes"}
spec:
  ttlSecondsAfterFinished: 60
  template:
    spec:
      restartPolicy: Never
      containers: [{name: run, image: registry.example.com/run:1.0.0}]
`;

test('a release whose chart is at hand is checked with its values, and the tree keeps the HelmRelease', async () => {
  const name = chart({ 'templates/service.yaml': service() });
  const { rendered, messages } = await run(name, { values: 'port: 8080\n' });
  expect(messages).toEqual([]);
  expect(rendered.released.map(({ kind, namespace, chart: made }) => [kind, namespace, made])).toEqual([
    ['Service', 'shop', `${name}/templates/service.yaml`],
  ]);
  expect(rendered.released[0]?.object.spec).toEqual({ ports: [{ port: 8080 }] });
  expect(rendered.resources.map(({ kind }) => kind)).toContain('HelmRelease');
  expect(rendered.resources.map(({ kind }) => kind)).not.toContain('Service');
});

test('a chart sees the Kubernetes of the cluster and the kinds its components provide', async () => {
  const name = chart({
    'templates/a.yaml': `${configMap}data:
  version: {{ .Capabilities.KubeVersion.Version }}
  apps: {{ .Capabilities.APIVersions.Has "apps/v1/Deployment" | quote }}
  issuer: {{ .Capabilities.APIVersions.Has "cert-manager.io/v1/Issuer" | quote }}
  certificate: {{ .Capabilities.APIVersions.Has "cert-manager.io/v1/Certificate" | quote }}
`,
  });
  const more = component('issuers', '  namespace: shop\n  provides: {crds: [issuers.cert-manager.io]}\n');
  const { rendered } = await run(name, { more, components: 'web, issuers' });
  expect(rendered.released[0]?.object.data).toEqual({
    version: 'v1.36.0',
    apps: 'true',
    issuer: 'true',
    certificate: 'false',
  });
});

test('what a chart makes is judged by the schema, and its template is named', async () => {
  const name = chart({ 'templates/service.yaml': service('  portz: []\n') });
  const { found } = await run(name);
  expect(found).toMatchObject([
    {
      code: 'validate/schema',
      message: 'Service shop/web may not have the key "portz" in spec',
      note: `unknown key, in ${name}/templates/service.yaml`,
      primary: { file: 'components/web/component.yaml' },
    },
  ]);
});

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: server}
spec:
  replicas: {{ .Values.replicas }}
  selector: {matchLabels: {a: b}}
  template:
    metadata: {labels: {a: b}}
    spec:
      containers:
        - name: server
          image: registry.example.com/server:1.0.0
          resources: {requests: {cpu: 250m, memory: 1Gi}, limits: {memory: 2Gi}}
`;

test.each(['helm-release', 'rendered'] as const)(
  'delivered as %s, what a chart makes is counted instead of the footprint, and the ledger says so',
  async (delivery) => {
    const name = chart({ 'templates/server.yaml': deployment, 'templates/clean.yaml': hook('clean', 'post-install') });
    const footprint = `  footprint:
    workloads:
      - {name: server, kind: Deployment, cpu: 7, memory: 7Gi}
      - {name: made-by-server, kind: StatefulSet, cpu: 1, memory: 1Gi}
`;
    const { rendered } = await run(name, { delivery, values: 'replicas: 3\n', spec: footprint });
    const ledger = capacityLedger(rendered).value;
    const counted = ledger.entries.filter(({ workload }) => workload.kind !== 'Job');
    expect(counted.map(({ workload: { name, source }, pods }) => [name, source, pods])).toEqual([
      ['server', 'rendered', 3],
      ['made-by-server', 'footprint', 1],
    ]);
    expect(JSON.parse(formatLedger.json(ledger)).components[0].workloads).toMatchObject(
      delivery === 'rendered' ? [{}, {}, {}] : [{ requests: { cpu: '750m' }, limits: { memory: '6Gi' } }, {}],
    );
    expect(formatLedger.text(ledger)).toMatch(
      /Counted from objects: \d workloads \(web\); from footprints: 1 workloads/,
    );
  },
);

const operator = (name: string) =>
  component(
    'operator',
    `  namespace: ops\n  helm: {repository: https://charts.example.com, chart: ${name}, version: 1.0.0}\n`,
  );
const widget = 'apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: a}\n';

test('what a chart defines is there for the others, after it, though no manifest declares it', async () => {
  const name = chart({ 'crds/widgets.yaml': definition });
  const shop = (spec: string) => component('shop', `  namespace: shop2\n${spec}`, { 'install/widget.yaml': widget });
  const parts = { components: 'web, shop' };
  expect((await run(name, { ...parts, more: shop('  requires: {components: [web]}\n') })).messages).toEqual([]);
  expect((await run(name, { ...parts, more: shop('') })).messages).toEqual([
    'prove/unordered: Widget shop2/a may be applied before the CRD widgets.example.com is there',
  ]);
  expect((await run(name, { files: { 'install/widget.yaml': widget } })).messages).toEqual([
    'prove/unordered: Widget shop/a is applied together with what brings the CRD widgets.example.com',
  ]);
});

test('what the objects of a chart need comes before its release', async () => {
  const defining = chart({ 'crds/widgets.yaml': definition });
  const using = chart({ 'templates/widget.yaml': widget });
  const more = operator(defining);
  const { found } = await run(using, { more, components: 'web, operator' });
  expect(found).toMatchObject([
    {
      code: 'prove/unordered',
      message: 'Widget shop/a may be applied before the CRD widgets.example.com is there',
      note: `web does not wait for operator; made by ${using}/templates/widget.yaml`,
      primary: { file: 'components/web/component.yaml' },
      help: 'write requires: {components: [operator]} in components/web/component.yaml',
    },
  ]);
  const spec = '  requires: {components: [operator]}\n';
  expect((await run(using, { more, components: 'web, operator', spec })).messages).toEqual([]);
  expect((await run(using)).messages).toContain(
    'prove/missing-provider: Widget shop/a needs the CRD widgets.example.com, which nothing in the cluster provides',
  );
});

test('a chart orders its own definitions, accounts and objects; what its programs make has to be said', async () => {
  const pod = deployment.replace('      containers', '      serviceAccountName: server\n      containers');
  const secret = pod.replace('image:', 'envFrom: [{secretRef: {name: made-later}}]\n          image:');
  const account = 'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: server}\n';
  const name = chart({
    'crds/widgets.yaml': definition,
    'templates/a.yaml': `${secret}---\n${account}---\n${widget}`,
  });
  const spec =
    '  provides: {objects: [{kind: Secret, name: made-later, atRuntime: true}]}\n' +
    '  footprint: {workloads: [{name: server, kind: Deployment, cpu: 250m, memory: 1Gi}]}\n';
  const values = 'replicas: 1\n';
  expect((await run(name, { values, spec })).messages).toEqual([]);
  expect((await run(name, { values, spec: spec.replace('made-later', 'other') })).messages).toEqual([
    'prove/missing-provider: Deployment shop/server needs Secret shop/made-later, which nothing in the cluster provides',
  ]);
  const reader = `apiVersion: v1
kind: Pod
metadata: {name: reader}
spec: {serviceAccountName: server, containers: [{name: a, image: "registry.example.com/a:1.0.0"}]}
`;
  const files = { 'configure/reader.yaml': reader };
  expect((await run(name, { values, files, spec })).messages).toEqual([]);
});

test('what a chart and a template both make is found', async () => {
  const name = chart({ 'templates/a.yaml': configMap });
  const files = { 'install/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\n' };
  expect((await run(name, { files })).messages).toEqual([
    'validate/duplicate-object: ConfigMap shop/web comes from two places',
  ]);
});

test("a value that the chart's schema refuses points at the line that wrote it and the layer behind it", async () => {
  const schema = {
    type: 'object',
    properties: { server: { type: 'object', properties: { port: { type: 'integer' } } } },
  };
  const name = chart({ 'values.schema.json': JSON.stringify(schema) });
  const files = {
    'values.yaml': 'text: high\n',
    'values.schema.json': JSON.stringify({
      type: 'object',
      additionalProperties: false,
      properties: { text: { type: 'string', description: 'A port.' } },
    }),
  };
  const { found } = await run(name, { files, values: 'server:\n  port: {{values.text}}\n' });
  expect(found).toMatchObject([
    {
      code: 'render/chart-failed',
      message: expect.stringMatching(`the chart charts/${name}-1.0.0.tgz refuses a value: got string, want integer`),
      primary: { file: 'components/web/helm/values.yaml.hbs', start: { line: 2 } },
      labels: [{ span: { file: 'components/web/values.yaml', start: { line: 1 } } }],
    },
  ]);
});

test("a template that fails points at the chart's line and names the template", async () => {
  const name = chart({ 'templates/a.yaml': `${configMap}\n{{ fail "no host is set" }}\n` });
  const { found } = await run(name);
  expect(found).toMatchObject([
    {
      code: 'render/chart-failed',
      message: expect.stringContaining('no host is set'),
      note: expect.stringMatching(`^in ${name}/templates/a.yaml:6`),
      primary: { file: 'components/web/component.yaml', start: { line: 9 } },
    },
  ]);
});

test('an archive that holds another chart is refused', async () => {
  writeFileSync(
    join(root, 'charts/other-1.0.0.tgz'),
    packChart('x', { 'Chart.yaml': 'apiVersion: v2\nname: x\nversion: 1.0.0\n' }),
  );
  expect((await run('other')).messages).toEqual([
    'render/chart-failed: charts/other-1.0.0.tgz is not the chart of "web": it holds x 1.0.0',
  ]);
});

test('without the chart a HelmRelease is as it was, and rendered delivery is an error', async () => {
  expect((await run('absent')).messages).toEqual([]);
  const { found } = await run('absent', { delivery: 'rendered' });
  expect(found).toMatchObject([
    {
      code: 'render/chart-missing',
      note: 'no charts/absent-1.0.0.tgz',
      help: 'run `fluxwright charts pull`, after `charts update` where the lock lacks it; or helm pull absent --repo https://charts.example.com --version 1.0.0 --destination charts',
      labels: [{ span: { file: 'clusters/one/cluster.yaml' } }],
    },
  ]);
});

test('rendered: the objects take the place of the release, in four parts, one after the other', async () => {
  const name = chart({
    'crds/widgets.yaml': definition,
    'templates/service.yaml': service(),
    'templates/before.yaml': hook('before', 'pre-install,pre-upgrade'),
    'templates/after.yaml': hook('after', 'post-install'),
    'templates/test.yaml': hook('test', 'test'),
  });
  const more = component('shop', '  namespace: shop\n  requires: {components: [web]}\n', {
    'install/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n',
  });
  const files = { 'install/wiring.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: wiring}\n' };
  const { rendered, messages } = await run(name, { delivery: 'rendered', files, more, components: 'web, shop' });
  expect(messages).toEqual([]);
  expect(rendered.released).toEqual([]);
  expect(rendered.resources.map(({ path }) => path).filter((path) => path.includes('web'))).toEqual([
    'components/web/after/job-after.yaml',
    'components/web/before/configmap-wiring.yaml',
    'components/web/before/job-before.yaml',
    'components/web/before/namespace-shop.yaml',
    'components/web/crds/customresourcedefinition-widgets.example.com.yaml',
    'components/web/install/service-web.yaml',
    'kustomizations/web-after.yaml',
    'kustomizations/web-before.yaml',
    'kustomizations/web-crds.yaml',
    'kustomizations/web.yaml',
  ]);
  const spec = (part: string) =>
    objectAt(rendered, `kustomizations/${part}.yaml`).object.spec as Record<string, unknown>;
  const waits = (part: string) => (spec(part).dependsOn as { name: string }[] | undefined)?.map((each) => each.name);
  expect(['web-crds', 'web-before', 'web', 'web-after', 'shop'].map(waits)).toEqual([
    undefined,
    ['web-crds'],
    ['web-crds', 'web-before'],
    ['web'],
    ['web-after'],
  ]);
  expect(spec('web-crds')).toMatchObject({ prune: false, wait: true, deletionPolicy: 'Orphan' });
  expect(spec('web-before').healthChecks).toEqual([
    { apiVersion: 'batch/v1', kind: 'Job', name: 'before', namespace: 'shop' },
  ]);
  const job = objectAt(rendered, 'components/web/before/job-before.yaml').object;
  expect(job.metadata).toMatchObject({
    annotations: { 'example.com/kept': 'yes', 'kustomize.toolkit.fluxcd.io/force': 'enabled' },
    labels: { 'app.kubernetes.io/managed-by': 'fluxwright' },
  });
  expect(job.metadata).not.toHaveProperty('annotations.helm.sh/hook');
  expect(job.spec).not.toHaveProperty('ttlSecondsAfterFinished');
});

test('rendered: a hook without a counterpart is named, what Helm keeps is kept', async () => {
  const kept = `${configMap}  annotations: {helm.sh/resource-policy: keep}\n`;
  const name = chart({ 'templates/a.yaml': kept, 'templates/clean.yaml': hook('clean', 'pre-delete') });
  const { rendered, messages } = await run(name, { delivery: 'rendered' });
  expect(messages).toEqual(['render/hook-dropped: Job clean of the chart will never run: Flux has no pre-delete']);
  expect(objectAt(rendered, 'components/web/install/configmap-web.yaml').object.metadata).toMatchObject({
    annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' },
  });
});

test('rendered: a chart that draws something new each time is refused', async () => {
  const name = chart({ 'templates/a.yaml': `${configMap}data: {a: {{ randAlphaNum 8 }}}\n` });
  expect((await run(name, { delivery: 'rendered' })).messages).toEqual([
    `render/chart-failed: Helm cannot render charts/${name}-1.0.0.tgz: it calls randAlphaNum, which gives something new each time, and a tree must not change by itself`,
  ]);
  expect((await run(name)).messages).toEqual([]);
});

test('rendered: data of a Secret does not reach the tree', async () => {
  const name = chart({ 'templates/a.yaml': `${configMap.replace('ConfigMap', 'Secret')}stringData: {a: b}\n` });
  expect((await run(name, { delivery: 'rendered' })).messages).toEqual([
    'validate/secret-data: Secret shop/web carries stringData, and generated trees are committed',
  ]);
});

test('an archive of another version, or that is none, is refused with the command that fetches the right one', async () => {
  writeFileSync(
    join(root, 'charts/aged-1.0.0.tgz'),
    packChart('aged', { 'Chart.yaml': 'apiVersion: v2\nname: aged\nversion: 0.9.0\n' }),
  );
  writeFileSync(join(root, 'charts/page-1.0.0.tgz'), '<html>not found</html>');
  const aged = await run('aged');
  expect(aged.messages).toEqual([
    'render/chart-failed: charts/aged-1.0.0.tgz is not the chart of "web": it holds aged 0.9.0',
  ]);
  expect(aged.found[0]?.help).toBe(
    'fetch it again: helm pull aged --repo https://charts.example.com --version 1.0.0 --destination charts',
  );
  expect((await run('page')).messages).toEqual([
    'render/chart-failed: charts/page-1.0.0.tgz is not the chart of "web": gzip: invalid header',
  ]);
});

test('a template that includes itself is told once', async () => {
  const name = chart({ 'templates/a.yaml': '{{ define "a" }}{{ include "a" . }}{{ end }}{{ include "a" . }}' });
  expect((await run(name)).messages).toEqual([
    `render/chart-failed: Helm cannot render charts/${name}-1.0.0.tgz: rendering template has a nested reference name: a: unable to execute template`,
  ]);
});

test.each([
  ['the time in a comparison', '{{ if lt (now | unixEpoch | int64) 5 }}old{{ else }}new{{ end }}', []],
  ['a default that is not used', '{{ default (randAlphaNum 8) .Values.key }}', []],
  ['the time', '{{ now | date "2006-01-02" }}', ['now']],
  ['the year', '{{ now | date "2006" }}', ['now']],
  ['a draw of few', '{{ if randInt 0 2 }}{{ end }}', ['randInt']],
])('what a chart calls and does not print makes no new tree: %s', async (_, text, names) => {
  const name = chart({ 'templates/a.yaml': `${configMap}data: {a: ${text}}\n` });
  const { messages } = await run(name, { delivery: 'rendered', values: 'key: kept\n' });
  expect(messages).toEqual(names.map((each) => expect.stringContaining(`it calls ${each}, which gives something new`)));
});

test('a key that the schema of a chart does not know is pointed at', async () => {
  const name = chart({ 'values.schema.json': '{"additionalProperties": false, "properties": {"port": {}}}' });
  const { found } = await run(name, { values: 'port: 80\nprot: 81\n' });
  expect(found.map(({ primary, note }) => [primary?.start?.line, note])).toEqual([[2, 'at prot of its values']]);
});
