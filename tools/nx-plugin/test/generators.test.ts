import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packTar } from '@fluxwright/diagnostics/cases';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sampleFiles } from './sample-files.ts';
import { makeTempWorkspace, type TempWorkspace } from './temp-workspace.ts';

let workspace: TempWorkspace;
beforeEach(() => {
  workspace = makeTempWorkspace(sampleFiles);
});
afterEach(() => workspace.close());

function generate(...args: readonly string[]): string {
  const run = workspace.nx(['g', ...args]);
  expect(run, run.stdout + run.stderr).toMatchObject({ code: 0 });
  return run.stdout;
}

const workload = (name: string, key: string) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: {{ .Release.Name }}-${name}}
spec:
  replicas: {{ .Values.${key}.replicaCount }}
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
      containers:
        - name: ${name}
          image: registry.example.com/${name}:2.1.0
          resources: {{ toJson .Values.resources.${key} }}
`;
/** A chart that keeps requests of all its programs in one place, and counts of each in another. */
const scaler = {
  'scaler/Chart.yaml': `apiVersion: v2
name: scaler
version: 2.1.0
description: Scales what it is told
kubeVersion: ">=1.30.0-0"
dependencies: [{name: cache, version: 1.0.0, condition: cache.enabled}]
`,
  'scaler/charts/cache/Chart.yaml': 'apiVersion: v2\nname: cache\nversion: 1.0.0\n',
  'scaler/values.yaml': `operator:
  # -- (int) How many operators there are.
  # A second one waits for the first to fail.
  replicaCount: 1
metrics:
  replicaCount: 1
resources:
  operator: {requests: {cpu: 100m, memory: 100Mi}, limits: {memory: 1000Mi}}
  metrics: {}
cache: {enabled: true}
# -- Who may scale.
login: {existingSecret: ""}
`,
  'scaler/crds/targets.yaml': `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: targets.scaler.example.com}
spec:
  group: scaler.example.com
  names: {kind: Target, plural: targets, singular: target, listKind: TargetList}
  scope: Namespaced
  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]
`,
  'scaler/templates/operator.yaml': workload('operator', 'operator'),
  'scaler/templates/metrics.yaml': workload('metrics', 'metrics'),
  'scaler/templates/webhook.yaml': `{{- $_ := .Capabilities.APIVersions.Has "monitoring.example.com/v1" }}
apiVersion: v1
kind: Service
metadata: {name: {{ .Release.Name }}}
spec:
  selector: {app: operator}
  ports: [{port: 443}]
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: {{ .Release.Name }}}
webhooks:
  - name: targets.scaler.example.com
    admissionReviewVersions: [v1]
    sideEffects: None
    clientConfig: {service: {name: {{ .Release.Name }}, namespace: {{ .Release.Namespace }}}}
    rules: [{apiGroups: [scaler.example.com], apiVersions: ["*"], operations: [CREATE], resources: [targets]}]
`,
};

function files(folder: string): readonly string[] {
  return readdirSync(join(workspace.root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(workspace.root.length + 1))
    .sort();
}

function build(): void {
  const run = workspace.nx(['run', 'clusters:build']);
  expect(run, run.stdout + run.stderr).toMatchObject({ code: 0 });
}

function test(component: string): void {
  const run = workspace.nx(['run', `component-${component}:test`]);
  expect(run, run.stdout + run.stderr).toMatchObject({ code: 0 });
}

describe('nx g component', () => {
  it('makes a component with templates that a cluster builds', () => {
    generate('component', 'greeter', '--cluster=beta', '--skipInstall');
    expect(files('components/greeter')).toEqual(
      [
        'README.md',
        'component.yaml',
        'install/configmap.yaml.hbs',
        'package.json',
        'tests/defaults.yaml',
        'values.schema.json',
        'values.yaml',
      ].map((file) => `components/greeter/${file}`),
    );
    expect(workspace.read('clusters/beta/cluster.yaml')).toContain('greeter');
    build();
    expect(workspace.read('generated/beta/components/greeter/install/configmap-greeter.yaml')).toContain('Hello');
    test('greeter');
  });

  it('makes one of a chart', () => {
    const chart = ['--chart=podinfo', '--repository=https://charts.example.com', '--chartVersion=6.9.2'];
    generate('component', 'podinfo', ...chart, '--cluster=beta', '--skipInstall', '--title=It\'s: "quoted"');
    build();
    const release = workspace.read('generated/beta/components/podinfo/install/helmrelease-podinfo.yaml');
    expect(release).toContain('chart: podinfo');
    expect(release).toContain('replicaCount: 1');
    test('podinfo');
  });

  it('reads a packaged chart: its own keys, what it makes, and nothing to find with the chart at hand', () => {
    mkdirSync(join(workspace.root, 'charts'), { recursive: true });
    writeFileSync(join(workspace.root, 'charts/scaler-2.1.0.tgz'), packTar(scaler));
    generate(
      'component',
      'scaler',
      '--chart=charts/scaler-2.1.0.tgz',
      '--repository=https://charts.example.com',
      '--cluster=beta',
      '--skipInstall',
    );
    const manifest = workspace.read('components/scaler/component.yaml');
    expect(manifest).toContain('helm: {repository: https://charts.example.com, chart: scaler, version: 2.1.0}');
    expect(manifest).toContain('crds: [{name: targets.scaler.example.com, versions: [v1]}]');
    expect(manifest).toContain('webhooks: [{group: scaler.example.com, kinds: [Target]}]');
    expect(manifest).toContain('kubernetes: {versions: ">=1.30.0", source:');
    expect(
      workspace.read('components/scaler/helm/values.yaml.hbs'),
    ).toBe(`# Values of the chart. Its own keys stand left, ours right: the schema says which of them a cluster may set.
# Further keys of the chart, in its own words:
#   cache
#   login: Who may scale.
operator:
  replicaCount: {{values.operator.replicas}}
metrics:
  replicaCount: {{values.metrics.replicas}}
resources:
  metrics:
{{indent 4 (toYaml values.metrics.resources)}}
  operator:
{{indent 4 (toYaml values.operator.resources)}}
`);
    const schema = JSON.parse(workspace.read('components/scaler/values.schema.json'));
    expect(schema.properties.operator.properties.replicas.description).toBe('How many operators there are.');
    const readme = workspace.read('components/scaler/README.md');
    expect(readme).toContain('The chart brings cache (`cache.enabled`)');
    expect(readme).toContain('`login.existingSecret`');
    expect(readme).toContain('ask the cluster for `monitoring.example.com/v1`');
    const run = workspace.nx(['run', 'clusters:build']);
    expect(run).toMatchObject({ code: 0 });
    expect(run.stdout + run.stderr).not.toMatch(/warning\[|error\[/);
    test('scaler');
    const values = 'components/scaler/helm/values.yaml.hbs';
    workspace.write(values, `replicaCount: 2\n${workspace.read(values)}`);
    const misspelled = workspace.nx(['run', 'clusters:build']);
    expect(misspelled.code).not.toBe(0);
    expect(misspelled.stdout + misspelled.stderr).toContain('does not know the value replicaCount');
  });

  it('makes one of a Kustomize base', () => {
    generate('component', 'based', '--kustomize', '--cluster=beta', '--skipInstall');
    build();
    expect(files('generated/beta/components/based').join('\n')).toContain('configmap');
    test('based');
  });

  it('makes one that asks for services, of a component that provides them', () => {
    generate('component', 'broker', '--skipInstall');
    generate('service', 'queue', '--provider=broker');
    test('broker');
    generate('component', 'shop', '--services=queue,letters=queue', '--cluster=beta', '--skipInstall');
    build();
    expect(files('generated/beta/components/shop/services').map((file) => file.split('/').at(-1))).toEqual([
      'configmap-shop-letters.yaml',
      'configmap-shop-queue.yaml',
      'kustomization.yaml',
      'namespace-shop.yaml',
    ]);
    test('shop');
    expect(workspace.read('components/shop/component.yaml')).toContain('# service.letters: name');
    expect(workspace.read('components/shop/package.json')).toContain('services.catalogue.defs.json');
  });

  it('says what is wrong with the options', () => {
    const said = (...args: readonly string[]): string => {
      const run = workspace.nx(['g', 'component', ...args, '--skipInstall']);
      expect(run.code).not.toBe(0);
      return run.stdout + run.stderr;
    };
    expect(said('app')).toContain('components/app exists already.');
    expect(said('new', '--services=queu')).toContain('There is no kind of service "queu"; there are none.');
    expect(said('new', '--chart=x')).toContain('A chart needs --repository and --chartVersion too.');
    expect(said('new', '--cluster=nowhere')).toContain('There is no cluster "nowhere"');
    expect(said('New_One')).toContain('New_One');
  });
});

describe('nx g product and nx g cluster', () => {
  it('make a product of components that a cluster builds', () => {
    generate('product', 'both', '--components=other,app', '--cluster=beta');
    build();
    expect(files('generated/beta/kustomizations').join('\n')).toContain('app.yaml');
  });

  it('copy a cluster without its peer', () => {
    generate('cluster', 'delta', '--from=alpha', '--domain=delta.example.com');
    const text = workspace.read('clusters/delta/cluster.yaml');
    expect(text).toContain('name: delta');
    expect(text).not.toContain('disasterRecovery');
    build();
    expect(workspace.read('generated/delta/components/app/install/configmap-app.yaml')).toContain('delta.example.com');
  });

  it('make the first cluster of a workspace', () => {
    for (const name of ['alpha', 'beta', 'gamma']) workspace.remove(`clusters/${name}`);
    generate('cluster', 'first');
    build();
    expect(files('generated/first')).toContain('generated/first/flux-system/kustomization.yaml');
  });
});
