import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { compile } from '@fluxwright/compiler';
import { isObject, valueAt } from '@fluxwright/documents';
import { loadWorkspace } from '@fluxwright/model';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { copyCatalogue } from '../../src/catalogue/copy-catalogue.ts';
import { withFittingValues } from '../../src/catalogue/fitting-values.ts';
import { readObjects } from '../../src/catalogue/read-objects.ts';
import { roomyNodes } from '../../src/catalogue/trial-workspace.ts';

// Whoever provides a kind, a consumer of it asks and is told the same: one case a kind, for each of its providers.

interface ServiceCase {
  readonly requests: readonly { readonly name: string }[];
  /** What the consumer has of its own. */
  readonly given?: readonly object[];
  /** Outputs that are the same whoever makes them, by the name of the request. */
  readonly told: Readonly<Record<string, object>>;
}

const root = path.resolve(import.meta.dirname, '../../../..');
const cases = path.resolve(import.meta.dirname, '../../fixtures/services');
const workspace = loadWorkspace(root).value;
const { components, clusters, contracts } = workspace;
const provided = [...components.values()].flatMap(({ name, spec }) =>
  (spec.provides?.services ?? []).map(({ kind }) => ({ kind, provider: name })),
);

const folder = mkdtempSync(path.join(tmpdir(), 'services-'));
const kept = path.join(folder, 'kept');
const broken = path.join(folder, 'broken');
let found: Findings;
let foundBroken: Findings;

beforeAll(async () => {
  for (const each of [kept, broken]) writeWorkspace(each);
  promiseSomethingElse(broken);
  found = await findingsOf(kept);
  foundBroken = await findingsOf(broken);
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(provided)('$kind by $provider', ({ kind, provider }) => {
  test('makes what it promises, and tells a consumer what any other would', () => {
    const name = clusterOf(kind, provider);
    expect(found.get(name) ?? []).toEqual([]);
    const said = readObjects(path.join(kept, 'generated', name)).find(
      ({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === 'told',
    );
    const { data } = said as unknown as { readonly data: Readonly<Record<string, string>> };
    const told = Object.fromEntries(Object.entries(data).map(([key, text]) => [key, JSON.parse(text)]));
    expect(told).toMatchObject(readCase(kind).told);
    expect(Object.keys(told)).toEqual(readCase(kind).requests.map((each) => each.name));
  });

  test.runIf(promises(kind))('is found out where it promises a Secret, or a Service, that nobody makes', () => {
    expect(foundBroken.get(clusterOf(kind, provider))).toContain('prove/service-unkept');
  });
});

/** What stands beside a component mostly tells of nothing that must be there. */
function promises(kind: string): boolean {
  const { outputs } = contracts.get(kind) ?? {};
  const properties = valueAt(outputs?.value ?? null, ['properties']);
  if (!isObject(properties)) return false;
  const { host, secret } = properties;
  return secret !== undefined || (isObject(host) && host['x-fluxwright-plain'] !== true);
}

function clusterOf(kind: string, provider: string): string {
  return `${kind}-${provider}`;
}

function readCase(kind: string): ServiceCase {
  return parse(readFileSync(path.join(cases, `${kind}.yaml`), 'utf8'));
}

/** The catalogue, a consumer of each kind, and for each provider the first sample cluster with these two. */
function writeWorkspace(at: string): void {
  copyCatalogue(root, at);
  const [sample] = clusters.values();
  if (sample === undefined) throw new Error('there is no cluster');
  const { disasterRecovery: _, ...others } = sample.spec;
  const base: typeof sample.spec = { ...others, nodes: roomyNodes };
  for (const kind of new Set(provided.map((each) => each.kind))) writeConsumer(at, kind);
  for (const { kind, provider } of provided) {
    const name = clusterOf(kind, provider);
    const own = [provider, consumerOf(kind)];
    const spec = withFittingValues(workspace, { ...base, domain: `${name}.example.com`, components: own });
    write(at, `clusters/${name}/cluster.yaml`, manifest('Cluster', name, spec));
  }
}

function consumerOf(kind: string): string {
  return `test-consumer-${kind}`;
}

/** A component that asks for a service, and writes down what it is told. */
function writeConsumer(at: string, kind: string): void {
  const { requests, given } = readCase(kind);
  const name = consumerOf(kind);
  const spec = {
    title: 'Trial consumer',
    description: 'Writes down what it is told.',
    namespace: name,
    ...(given && { given }),
    requires: { services: requests },
  };
  const data = requests.map((each) => `  ${each.name}: '{{toJson service.${each.name}}}'\n`).join('');
  write(at, `components/${name}/component.yaml`, manifest('Component', name, spec));
  write(at, `components/${name}/values.schema.json`, '{"type": "object", "additionalProperties": false}');
  write(
    at,
    `components/${name}/package.json`,
    JSON.stringify({ name, version: '0.1.0', fluxwright: { component: '.' } }),
  );
  write(
    at,
    `components/${name}/install/told.yaml.hbs`,
    `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: told\ndata:\n${data}`,
  );
}

function manifest(kind: string, name: string, spec: object): string {
  return stringify(
    { apiVersion: 'fluxwright.dev/v1', kind, metadata: { name }, spec },
    { aliasDuplicateObjects: false },
  );
}

function promiseSomethingElse(at: string): void {
  for (const { provider } of provided) {
    const file = `components/${provider}/component.yaml`;
    const { metadata, spec } = parse(readFileSync(path.join(at, file), 'utf8'));
    for (const { kind, outputs } of spec.provides.services) {
      if (!promises(kind)) continue;
      // Where there is no Secret it is the Service that is nowhere.
      if (outputs.secret === undefined) outputs.host = 'nowhere.nowhere.svc';
      else outputs.secret = 'nowhere';
    }
    write(at, file, manifest('Component', metadata.name, spec));
  }
}

function write(at: string, file: string, text: string): void {
  mkdirSync(path.dirname(path.join(at, file)), { recursive: true });
  writeFileSync(path.join(at, file), text);
}

/** Codes of the errors of each cluster. */
type Findings = ReadonlyMap<string, readonly string[]>;

async function findingsOf(at: string): Promise<Findings> {
  const { diagnostics } = await compile({
    root: at,
    // The second workspace is the first one but for what is broken.
    cache: path.join(folder, 'verdicts'),
    look: false,
    clusters: provided.map(({ kind, provider }) => clusterOf(kind, provider)),
  });
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  return new Map(
    [...Map.groupBy(errors, ({ cluster }) => cluster ?? '')].map(([cluster, each]) => [
      cluster,
      each.map(({ code }) => code),
    ]),
  );
}
