import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { compile } from '@fluxwright/compiler';
import { loadWorkspace } from '@fluxwright/model';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { copyCatalogue } from '../../src/catalogue/copy-catalogue.ts';

// The example in the README of who scales: a component with a database, scaled by what waits in it.

const root = path.resolve(import.meta.dirname, '../../../..');
const example = /```yaml\n(apiVersion: keda[\s\S]*?)```/.exec(
  readFileSync(path.join(root, 'components/keda/README.md'), 'utf8'),
)?.[1];
const folder = mkdtempSync(path.join(tmpdir(), 'scaled-'));
let found: ReadonlyMap<string, readonly string[]>;

beforeAll(async () => {
  copyCatalogue(root, folder);
  if (example === undefined) throw new Error('components/keda/README.md has no example');
  writeConsumer('good', example);
  writeConsumer('other-key', example.replace('{{service.db.keys.username}}', 'login'));
  writeConsumer('other-target', example.replace('name: worker', 'name: workers'));
  writeConsumer('other-secret', example.replaceAll('{{service.db.secret}}', 'nowhere'));
  writeConsumer('sized', `${example}${byMemory}---\n${vertical('[memory]')}`);
  writeConsumer('sized-apart', `${example}${byMemory}---\n${vertical('[cpu]')}`);
  const { diagnostics } = await compile({
    root: folder,
    clusters: ['good', 'other-key', 'other-target', 'other-secret', 'sized', 'sized-apart'],
  });
  found = new Map(
    [...Map.groupBy(diagnostics, ({ cluster }) => cluster ?? '')].map(([cluster, each]) => [
      cluster,
      each.filter(({ severity }) => severity === 'error').map(({ code, message }) => `${code}: ${message}`),
    ]),
  );
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a workload is scaled by a query to the database that its component asks for', () => {
  expect(found.get('good') ?? []).toEqual([]);
});

test.each([
  ['other-key', 'key "login"'],
  ['other-target', 'Deployment shop-other-target/workers'],
  ['other-secret', 'Secret shop-other-secret/nowhere'],
])('%s is found out', (name, thing) => {
  expect(found.get(name)?.join('\n')).toContain(thing);
});

test('a workload that is scaled by memory gets no requests of memory from another object', () => {
  expect(found.get('sized')?.join('\n')).toContain('steers the memory of Deployment shop-sized/worker');
  expect(found.get('sized-apart') ?? []).toEqual([]);
});

const byMemory = `    - type: memory
      metricType: Utilization
      metadata: {value: "80"}
`;
const vertical = (resources: string) => `apiVersion: autoscaling.k8s.io/v1
kind: VerticalPodAutoscaler
metadata: {name: worker}
spec:
  targetRef: {apiVersion: apps/v1, kind: Deployment, name: worker}
  resourcePolicy: {containerPolicies: [{containerName: "*", controlledResources: ${resources}}]}
`;

/** A component with a database and a Deployment, the objects of the example, and a cluster that has it. */
function writeConsumer(name: string, scaling: string): void {
  const [sample] = loadWorkspace(root).value.clusters.values();
  if (sample === undefined) throw new Error('there is no cluster');
  const { disasterRecovery: _, ...base } = sample.spec;
  const component = `shop-${name}`;
  const spec = {
    title: 'Shop',
    description: 'Works off what waits in a database.',
    namespace: component,
    requires: { components: ['keda', 'vpa'], services: [{ kind: 'postgresql', name: 'db' }] },
  };
  write(`components/${component}/component.yaml`, manifest('Component', component, spec));
  write(`components/${component}/values.schema.json`, '{"type": "object", "additionalProperties": false}');
  write(
    `components/${component}/package.json`,
    JSON.stringify({ name: component, version: '0.1.0', fluxwright: { component: '.' } }),
  );
  write(`components/${component}/install/worker.yaml.hbs`, stringify(worker));
  write(`components/${component}/configure/scaling.yaml.hbs`, scaling);
  const own = [...((base.components ?? []) as readonly string[]), component];
  write(
    `clusters/${name}/cluster.yaml`,
    manifest('Cluster', name, { ...base, domain: `${name}.example.com`, components: own }),
  );
}

const worker = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'worker' },
  spec: {
    selector: { matchLabels: { app: 'worker' } },
    template: {
      metadata: { labels: { app: 'worker' } },
      spec: { containers: [{ name: 'worker', image: 'registry.example.com/worker:1.0.0' }] },
    },
  },
};

function manifest(kind: string, name: string, spec: object): string {
  return stringify(
    { apiVersion: 'fluxwright.dev/v1', kind, metadata: { name }, spec },
    { aliasDuplicateObjects: false },
  );
}

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), text);
}
