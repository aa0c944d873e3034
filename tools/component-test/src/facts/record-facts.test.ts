import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { compile } from '@fluxwright/compiler';
import { packTar } from '@fluxwright/diagnostics/cases';
import { folderDigest } from '@fluxwright/documents';
import { readChartFacts, readDefinitionFacts } from '@fluxwright/model';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sampleDefinition } from '../../../compiler/test/sample-definition.ts';
import { testComponents } from '../test-components.ts';
import { type FactsFile, recordFacts } from './record-facts.ts';

const sample = path.join(import.meta.dirname, '../../../testing/fixtures/workspace');

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'fluxwright-facts-'));
  cpSync(sample, root, { recursive: true });
  for (const [file, text] of Object.entries(component)) write(`components/stall/${file}`, text);
  for (const [name, spec] of Object.entries(cases)) write(`components/stall/tests/${name}.yaml`, testCase(name, spec));
  write('charts/stall-1.0.0.tgz', packTar(chart));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(file: string, content: string | Uint8Array): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), content);
}

const component = {
  'component.yaml': `apiVersion: fluxwright.dev/v1
kind: Component
metadata: {name: stall}
spec:
  title: Stall
  description: Sells things.
  namespace: stall
  helm: {repository: https://charts.example.com, chart: stall, version: 1.0.0}
`,
  'package.json': '{"name": "@sample/stall", "version": "0.1.0", "private": true, "fluxwright": {"component": "."}}',
  'values.schema.json': JSON.stringify({
    type: 'object',
    additionalProperties: false,
    properties: {
      replicas: { type: 'integer', description: 'Pods.', default: 2 },
      webhook: { type: 'boolean', description: 'Whether it is called.', default: false },
    },
  }),
  'values.yaml': 'replicas: 2\nwebhook: false\n',
  'helm/values.yaml.hbs': `replicas: {{values.replicas}}
url: https://{{cluster.domain}}
mode: "on"
role: {create: true}
provider: {{#if values.webhook}}webhook{{else}}plain{{/if}}
{{#if values.webhook}}
image: registry.example.com/webhook:1.0.0
{{/if}}
`,
};

const cases = { defaults: '', 'with-webhook': '  values: {webhook: true}\n' };

function testCase(name: string, spec: string): string {
  return `apiVersion: fluxwright.dev/v1\nkind: ComponentTest\nmetadata: {name: ${name}}\nspec:\n  description: A test.\n${spec}  expect: {objects: [{kind: HelmRelease, name: stall}]}\n`;
}

const chart = {
  'stall/Chart.yaml': 'apiVersion: v2\nname: stall\nversion: 1.0.0\nappVersion: 3.2.1\n',
  'stall/values.schema.json': '{"required": ["mode"], "properties": {"mode": {"enum": ["on", "off"]}}}',
  'stall/templates/all.yaml': `
apiVersion: apps/v1
kind: Deployment
metadata: {name: stall}
spec:
  replicas: {{ .Values.replicas }}
  selector: {matchLabels: {app: stall}}
  template:
    metadata: {labels: {app: stall}}
    spec:
      containers: [{name: stall, image: "registry.example.com/stall:3.2.1", args: [{{ quote .Values.url }}]}]
---
apiVersion: v1
kind: Service
metadata: {name: stall}
spec:
  ports:
    - {name: http, port: 80}
    {{- if eq .Values.provider "webhook" }}
    - {name: webhook, port: 81, targetPort: {{ (required "image" .Values.image) | len }}}
    {{- end }}
{{- if .Values.role.create }}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: stall}
{{- end }}
{{- if .Capabilities.APIVersions.Has "monitoring.coreos.com/v1" }}
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: stall}
{{- end }}
{{- if semverCompare ">=1.36" .Capabilities.KubeVersion.Version }}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: old}
{{- end }}
`,
};

test('records what a chart makes and what each object depends on, also on several values together', async () => {
  const { recorded, diagnostics } = await recordFacts({ root, components: ['stall'] });
  expect(diagnostics).toEqual([]);
  const [{ files, says } = { files: [], says: '' }] = recorded;
  const [{ file, text } = {}, definitions] = files as readonly Partial<FactsFile>[];
  expect(definitions).toEqual({ file: 'components/stall/crds.facts.yaml' });
  expect([file, says]).toEqual(['components/stall/chart.facts.yaml', '3 objects of stall 1.0.0, case "defaults"']);
  const { value } = readChartFacts({ file: '', path: '', text: text ?? '' });
  const { chart: of, release, depends, free, objects } = value?.spec ?? {};
  expect(of).toMatchObject({ version: '1.0.0', appVersion: '3.2.1' });
  expect(release).toEqual({ name: 'stall', namespace: 'stall' });
  expect(depends).toEqual([
    { objects: ['Deployment stall'], values: { '/replicas': 2 } },
    { objects: ['Service stall'], values: { '/provider': 'plain' }, absent: ['/image'] },
    // The chart refuses every other value that was tried.
    { existence: ['*'], values: { '/mode': 'on' } },
    { existence: ['ConfigMap old'], kubernetes: true },
    { existence: ['Role stall'], values: { '/role/create': true } },
    { existence: ['ServiceMonitor stall'], apiGroups: { 'monitoring.coreos.com': false } },
  ]);
  expect(free).toEqual(['/url']);
  expect(objects?.map(({ kind }) => kind)).toEqual(['Deployment', 'Role', 'Service']);
}, 120_000);

test('the same charts give the same bytes, and a build finds nothing in them, with the chart and without', async () => {
  const [first] = (await recordFacts({ root, components: ['stall'] })).recorded;
  const [second] = (await recordFacts({ root, components: ['stall'] })).recorded;
  expect(first?.files).toEqual(second?.files);
  write(first?.files[0]?.file ?? '', first?.files[0]?.text ?? '');
  for (const charts of ['charts', 'nowhere']) {
    const { diagnostics } = await compile({ root, charts, clusters: ['one'], write: false });
    expect(diagnostics.filter(({ code }) => code.startsWith('prove/'))).toEqual([]);
  }
}, 120_000);

test('says why there are no facts', async () => {
  rmSync(path.join(root, 'charts'), { recursive: true });
  const { recorded } = await recordFacts({ root, components: ['stall', 'web', 'nobody'] });
  expect(recorded.map(({ component: name, says, files }) => [name, says, files])).toEqual([
    ['stall', 'its chart is not at hand', []],
    ['web', expect.any(String), []],
    ['nobody', 'no component that can be read', []],
  ]);
});

const crd = (plural: string, size: string, group = 'stall.example.com') =>
  sampleDefinition(plural, size, { group, kind: `${plural}kind` });

const places = `  license: Apache-2.0
  definitions:
    - {git: https://git.example.com/booths, ref: {tag: v2.0.0}, path: ./crds, license: MIT}
  provides: {crdsAtRuntime: true, crds: [awnings.stall.example.com, booths.stall.example.com]}
`;

test('records names and types of definitions, of the chart and of the places that component.yaml names', async () => {
  write('components/stall/component.yaml', `${component['component.yaml']}${places}`);
  write(
    'charts/stall-1.0.0.tgz',
    packTar({ ...chart, 'stall/crds/awnings.yaml': crd('awnings', '{type: integer, minimum: 1}') }),
  );
  write(
    'charts/git/booths-v2.0.0/crds/all.yaml',
    `${crd('booths', '{type: string}')}---\n${crd('others', '{type: string}')}`,
  );
  write('charts.lock.yaml', lock(folderDigest(path.join(root, 'charts/git/booths-v2.0.0')) ?? ''));
  const record = async () => (await recordFacts({ root, components: ['stall'] })).recorded[0];
  const first = await record();
  expect(first?.says).toBe('4 objects of stall 1.0.0, case "defaults"; 2 definitions');
  const facts = first?.files[1];
  const { value } = readDefinitionFacts({ file: '', path: '', text: facts?.text ?? '' });
  expect(value?.spec.sources).toMatchObject([
    { chart: { name: 'stall', version: '1.0.0' }, license: 'Apache-2.0' },
    { git: 'https://git.example.com/booths', ref: { tag: 'v2.0.0' }, commit, path: './crds', license: 'MIT' },
  ]);
  expect(facts?.text).toContain('shape: {spec: {size: integer}}');
  expect(facts?.text).not.toContain('minimum');

  // What is not at hand any more stays as it was.
  write(facts?.file ?? '', facts?.text ?? '');
  rmSync(path.join(root, 'charts/git'), { recursive: true });
  const second = await record();
  expect(second?.files[1]).toEqual(facts);
  expect(second?.says).toContain('2 definitions; not at hand: https://git.example.com/booths v2.0.0 ./crds');
}, 240_000);

const commit = '4dd29f7ae51e8a1bbc7e1ea5c6e1d4c3e7a5d1f0';
const lock = (digest: string) => `apiVersion: fluxwright.dev/v1
kind: ChartsLock
charts: []
sources:
  - git: https://git.example.com/booths
    ref: {tag: v2.0.0}
    path: ./crds
    commit: ${commit}
    digest: ${digest}
`;

test('records a definition that the set of schemas has with other types, also where nothing is a chart', async () => {
  const from = '  source: {git: https://git.example.com/policies, ref: {tag: v1}, path: ./crds}\n';
  write('components/stall/component.yaml', `${component['component.yaml'].replace(/ {2}helm: .*\n/, '')}${from}`);
  rmSync(path.join(root, 'components/stall/helm'), { recursive: true });
  const [none] = (await recordFacts({ root, components: ['stall'] })).recorded;
  expect(none?.says).toBe('not at hand: https://git.example.com/policies v1 ./crds');
  const other = crd('referencegrants', '{type: string}', 'gateway.networking.k8s.io');
  write('charts/git/policies-v1/crds/a.yaml', other.replace('referencegrantskind', 'ReferenceGrant'));
  const [found] = (await recordFacts({ root, components: ['stall'] })).recorded;
  expect(found?.says).toBe('1 definition');
}, 120_000);

test('the test of the component says that facts are of other values than their case has, without the chart', async () => {
  const { recorded } = await recordFacts({ root, components: ['stall'] });
  const [file] = recorded.flatMap((each) => each.files);
  write(file?.file ?? '', file?.text ?? '');
  rmSync(path.join(root, 'charts'), { recursive: true });
  const warnings = async () => {
    const { results } = await testComponents({ root, components: ['stall'] });
    expect(results.flatMap(({ outcomes }) => outcomes.flatMap(({ failures }) => failures))).toEqual([]);
    return results.flatMap((each) => each.warnings.map(({ code, message, note }) => `${code}: ${message} (${note})`));
  };
  expect(await warnings()).toEqual([]);
  write('components/stall/values.yaml', 'replicas: 3\nwebhook: false\n');
  expect(await warnings()).toEqual([
    'prove/stale-facts: the facts of the chart of component "stall" are of other values than its case has (/replicas is another)',
  ]);
  rmSync(path.join(root, 'components/stall/tests/defaults.yaml'));
  expect(await warnings()).toEqual([
    'prove/stale-facts: the facts of the chart of component "stall" are of a case that is not there (no case "defaults" in tests/)',
  ]);
});
