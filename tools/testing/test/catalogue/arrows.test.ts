import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isObject, type JsonPath, type JsonValue, valueAt } from '@fluxwright/documents';
import { loadWorkspace } from '@fluxwright/model';
import { describe, expect, test } from 'vitest';
import { readObjects, type TreeObject } from '../../src/catalogue/read-objects.ts';

// Every arrow between two regions that the stack's pictures show is in the trees of the sample pair: on each side the object that makes it, by its
// kind, and where in it the other side stands.

const root = path.resolve(import.meta.dirname, '../../../..');
const stack = path.join(root, '../shared/seed/platform-tech-stack.md');
const { clusters } = loadWorkspace(root).value;
const one = sideOf('primary');
const two = sideOf('standby');

interface Side {
  readonly name: string;
  readonly domain: string;
  readonly objects: readonly TreeObject[];
}

function sideOf(role: string): Side {
  const cluster = [...clusters.values()].find(({ spec }) => valueAt(spec, ['disasterRecovery', 'role']) === role);
  if (cluster === undefined) throw new Error(`no sample cluster is ${role}`);
  const { name, spec } = cluster;
  return { name, domain: String(spec.domain), objects: readObjects(path.join(root, 'generated', name)) };
}

function objectOf({ objects, name: cluster }: Side, kind: string, name: string): JsonValue {
  const found = objects.find((each) => each.kind === kind && each.metadata.name === name);
  expect(found, `${kind}/${name} in ${cluster}`).toBeDefined();
  return found as unknown as JsonValue;
}

/** Values of an object; `spec.list.0.name` names one by its place. */
function expectAt(object: JsonValue, wanted: Readonly<Record<string, unknown>>): void {
  const at = (text: string): JsonPath => text.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  expect(Object.fromEntries(Object.keys(wanted).map((text) => [text, valueAt(object, at(text))]))).toEqual(wanted);
}

/** What the pod of a CronJob reads in its environment. */
function environmentOf(job: JsonValue): Readonly<Record<string, JsonValue>> {
  const list = valueAt(job, ['spec', 'jobTemplate', 'spec', 'template', 'spec', 'containers', 0, 'env']) as JsonValue[];
  return Object.fromEntries(list.filter(isObject).map(({ name, value = null }) => [String(name), value]));
}

/** That a side hands the other what lets it in: into its store, as the entry that the other reads. */
function handsOver(from: Side, to: Side, what: { pushed: string; taken: string; entry: string }): void {
  expectAt(objectOf(from, 'PushSecret', what.pushed), {
    'spec.secretStoreRefs.0.name': 'peer',
    'spec.data.0.match.remoteRef.remoteKey': what.entry,
  });
  expectAt(objectOf(to, 'ExternalSecret', what.taken), {
    'spec.secretStoreRef.name': 'platform',
    'spec.data.0.remoteRef.key': what.entry,
  });
}

/** Mirrors one way: what is at home on one side goes to the other, with the account that this one made for it. */
function mirrors(from: Side, to: Side, what: { job: string; peer: string; host: string; own: string; store: string }) {
  const env = environmentOf(objectOf(from, 'CronJob', what.job));
  expect(env[what.peer]).toBe(`https://${what.host}.${to.domain}`);
  expect(String(env[what.own] ?? '').trim()).not.toBe('');
  const { store } = what;
  handsOver(to, from, { pushed: `${store}-pair`, taken: `${store}-peer`, entry: `dr-${to.name}-${store}` });
}

const gitea = { job: 'gitea-mirror', peer: 'PEER_GITEA', host: 'git', own: 'REPOSITORIES', store: 'gitea' };
const harbor = { job: 'harbor-replicate', peer: 'PEER_HARBOR', host: 'registry', own: 'PROJECTS', store: 'harbor' };

const changes = 'data-sample-documents-changes';

function connectorOf(side: Side, name: string): { readonly config: Readonly<Record<string, JsonValue>> } {
  const config = valueAt(objectOf(side, 'KafkaConnector', name), ['spec', 'config']);
  return { config: isObject(config) ? config : {} };
}

/** By what the picture writes on it; of one in both directions each. */
const arrows: Readonly<Record<string, (from: Side, to: Side) => void>> = {
  'PG -> PG: WAL Streaming': (from, to) => {
    const db = 'data-sample-db';
    expectAt(objectOf(to, 'Cluster', db), {
      'spec.replica.primary': from.name,
      'spec.replica.source': from.name,
      'spec.replica.self': to.name,
      'spec.externalClusters.1.name': from.name,
      'spec.externalClusters.1.connectionParameters.host': `${db}.pair.${from.domain}`,
    });
    expectAt(objectOf(from, 'Cluster', db), { 'spec.replica.primary': from.name, 'spec.replica.self': from.name });
    const open = objectOf(from, 'Service', `${db}-pair`);
    expect(valueAt(open, ['metadata', 'annotations', 'external-dns.alpha.kubernetes.io/hostname'])).toBe(
      `${db}.pair.${from.domain}`,
    );
    expectAt(open, { 'spec.selector': { 'cnpg.io/cluster': db, 'cnpg.io/instanceRole': 'primary' } });
    handsOver(from, to, { pushed: `${db}-pair-ca`, taken: `${db}-peer`, entry: `dr-${from.name}-${db}` });
  },
  'VK -> VK: REPLICAOF': (from, to) => {
    const cache = 'data-sample-cache';
    const upstream = `--replicaof ${cache}.pair.${from.domain} 6380`;
    const started = (side: Side): JsonValue | undefined =>
      valueAt(objectOf(side, 'StatefulSet', cache), ['spec', 'template', 'spec', 'containers', 0]);
    expect(JSON.stringify(started(to))).toContain(upstream);
    expect(JSON.stringify(started(from))).not.toContain('--replicaof');
    expectAt(objectOf(from, 'Service', `${cache}-pair`), { 'spec.ports.0.port': 6380 });
    handsOver(from, to, {
      pushed: `${cache}-pair-certificate`,
      taken: `${cache}-peer`,
      entry: `dr-${from.name}-${cache}`,
    });
  },
  'MG -> SK: Debezium CDC': (from) => {
    const { config } = connectorOf(from, `${changes}-source`);
    expect(config['topic.prefix']).toBe(`debezium.${changes}.${from.name}`);
    expect(config['mongodb.connection.string']).toContain('data-sample-documents-rs0.data-sample.svc');
  },
  'SK -> SK: MirrorMaker2': (from, to) => {
    const mirror = objectOf(to, 'KafkaMirrorMaker2', 'pair');
    expectAt(mirror, {
      'spec.target.alias': to.name,
      'spec.mirrors.0.source.alias': from.name,
      'spec.mirrors.0.source.bootstrapServers': `kafka.pair.${from.domain}:9094`,
    });
    expect(String(valueAt(mirror, ['spec', 'mirrors', 0, 'topicsPattern']))).toContain(changes);
    expect(from.objects.some(({ kind }) => kind === 'KafkaMirrorMaker2')).toBe(false);
  },
  'SK -> MG: Sink Connector': (_, to) => {
    const { config } = connectorOf(to, `${changes}-sink`);
    expect(config['topics.regex']).toBe(`debezium[.]${changes}[.]${one.name}[.].*`);
    expect(config['connection.uri']).toContain('data-sample-documents-rs0.data-sample.svc');
  },
  'GT -> GT: Bidirectional Mirror': (from, to) => mirrors(from, to, gitea),
  'Gitea -> Gitea: Bidirectional Mirror': (from, to) => mirrors(from, to, gitea),
  'Harbor -> Harbor: Replicate': (from, to) => mirrors(from, to, harbor),
  'Bao -> Bao: PushSecrets': (from, to) => {
    expectAt(objectOf(from, 'ClusterSecretStore', 'peer'), {
      'spec.provider.vault.server': `https://openbao.pair.${to.domain}:8200`,
    });
    expectAt(objectOf(to, 'Service', 'openbao-pair'), { 'spec.type': 'LoadBalancer' });
    const pushed = from.objects.filter(
      (each) =>
        each.kind === 'PushSecret' &&
        valueAt(each as unknown as JsonValue, ['spec', 'secretStoreRefs', 0, 'name']) === 'peer',
    );
    expect(pushed).not.toEqual([]);
  },
  'MinIO -> Archival: Tier to': (from) => {
    const { ENDPOINT, RULES } = environmentOf(objectOf(from, 'CronJob', 'minio-tier'));
    expect(ENDPOINT).toMatch(/^https:\/\//);
    for (const { domain } of [one, two]) expect(ENDPOINT).not.toContain(domain);
    expect(String(RULES).trim()).not.toBe('');
  },
  // The picture has one SIEM; each region keeps its own, and goes on without the other.
  'Falco -> OS: Falcosidekick': (from) => {
    const release = objectOf(from, 'HelmRelease', 'falcosidekick');
    expectAt(release, {
      'spec.values.config.elasticsearch.hostport': 'https://opensearch.opensearch.svc:9200',
      'spec.values.config.customfields': `cluster:${from.name}`,
    });
    objectOf(from, 'OpenSearchCluster', 'opensearch');
    expect(JSON.stringify(objectOf(from, 'HelmRelease', 'falco'))).toContain('http://falcosidekick.falcosidekick.svc');
  },
};

/** Arrows that no tree has yet. Whoever makes one takes it out of here, and says above what makes it. */
const missing = ['MV -> MV: Collection Sync'];

interface Arrow {
  readonly name: string;
  readonly from: Side;
  readonly to: Side;
}

/** Arrows of the pictures that begin in a region, without those of users: `PG1 -->|"WAL Streaming"| PG2`. */
function drawn(): readonly Arrow[] {
  const text = readFileSync(stack, 'utf8');
  const pictures = ['## Architecture Overview', '## Multi-Region Data Flow'].map((title) => text.split(title)[1] ?? '');
  return pictures.flatMap((picture) => {
    const [, lines = ''] = /```mermaid\n([\s\S]*?)```/.exec(picture) ?? [];
    return [...lines.matchAll(/^\s*([A-Za-z]+?)(\d)?(?:R\d)? (<?)-->\|"(.+)"\| ([A-Za-z]+?)(\d)?(?:R\d)?$/gm)].flatMap(
      ([, a = '', m, both, label, b = '', n]) => {
        const [from, to] = [m, n].map((each) => (each === '2' ? two : one)) as [Side, Side];
        const there = { name: `${a} -> ${b}: ${label}`, from, to };
        return both === '' ? [there] : [there, { name: `${b} -> ${a}: ${label}`, from: to, to: from }];
      },
    );
  });
}

const isThere = existsSync(stack);
const all = isThere ? drawn() : [];

describe.skipIf(!isThere)(`arrows of the stack${isThere ? '' : ' (skipped: ../shared/seed is not there)'}`, () => {
  test('each is known here', () => {
    const names = new Set(all.map(({ name }) => name));
    expect([...names].sort()).toEqual([...Object.keys(arrows), ...missing].sort());
  });

  test.each(
    all.filter(({ name }) => name in arrows).map((arrow) => [`${arrow.name} (${arrow.from.name})`, arrow] as const),
  )('%s', (_, { name, from, to }) => arrows[name]?.(from, to));
});
