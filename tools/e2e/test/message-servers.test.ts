import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copyWorkspace, readTree, type Tree } from '../src/index.ts';
import { prepareArtemis } from '../src/servers/artemis.ts';
import { prepareKafka, startKafka } from '../src/servers/kafka.ts';
import { runTrial, serverAvailable } from '../src/servers/trial.ts';

// What a tree says of a server, and of who may do what in it, is given to the server itself.

const folder = mkdtempSync(join(tmpdir(), 'message-servers-'));
const skipped = (server: string): string =>
  serverAvailable(server) ? '' : ` (skipped: FLUXWRIGHT_SERVERS names no folder with ${server}/, see the README)`;
let tree: Tree;

beforeAll(async () => {
  if (!serverAvailable('kafka') && !serverAvailable('artemis')) return;
  const workspace = await copyWorkspace();
  workspace.addComponent('till', 'till');
  rmSync(join(workspace.root, 'clusters'), { recursive: true });
  mkdirSync(join(workspace.root, 'clusters/till'), { recursive: true });
  writeFileSync(join(workspace.root, 'clusters/till/cluster.yaml'), cluster);
  const { code, stderr } = await workspace.fluxwright('build', 'till');
  if (code !== 0) throw new Error(stderr);
  tree = readTree(join(workspace.root, 'generated/till'));
  workspace.remove();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(!serverAvailable('kafka'))(`a Kafka broker on the configuration of a tree${skipped('kafka')}`, () => {
  let server: ChildProcess | undefined;
  const at = join(folder, 'kafka');
  beforeAll(async () => {
    mkdirSync(at);
    await prepareKafka(tree, at, ['orders', 'state', 'own']);
    server = await startKafka(at);
  });
  afterAll(() => server?.kill('SIGKILL'));

  test('lets each user do with its own topics, groups and transactions what it asked for, and nothing else', async () => {
    expect(await runTrial('kafka', at)).toEqual([
      'done: orders writes and reads its topic in its group',
      'done: state does so in a group that begins with its name and a dot',
      'done: own makes a topic below its prefix',
      'done: and writes and reads it',
      'done: orders commits a transaction',
      'refused: own makes a topic elsewhere: TopicAuthorizationException',
      'refused: orders makes a topic: TopicAuthorizationException',
      "refused: orders writes another's topic: TopicAuthorizationException",
      "refused: orders reads another's topic: TopicAuthorizationException",
      "refused: orders joins another's group: GroupAuthorizationException",
      'refused: orders joins a group whose name begins with its own: GroupAuthorizationException',
      'refused: the administrator writes a topic that nobody asked for: UnknownTopicOrPartitionException',
      'refused: a wrong password: SaslAuthenticationException',
      'refused: no TLS: TimeoutException',
      'refused: no trust in the CA: SunCertPathBuilderException',
    ]);
  });
});

describe.skipIf(!serverAvailable('artemis'))(
  `an Artemis broker on the configuration of a tree${skipped('artemis')}`,
  () => {
    const at = join(folder, 'artemis');
    beforeAll(async () => {
      mkdirSync(at);
      await prepareArtemis(tree, at, ['bills', 'news']);
    });

    test('lets each user do with its own queue or topic what it asked for, and nothing else', async () => {
      expect(await runTrial('artemis', at)).toEqual([
        'done: the broker takes all properties',
        'done: bills writes and reads its queue over AMQP',
        "done: and over the broker's own protocol",
        'done: what bills gives back too often lies among its dead letters',
        'done: news has a durable subscription of its topic',
        'done: the broker takes up a renewed certificate',
        'done: a consumer that came later is let in without a restart',
        "refused: bills writes another's topic: JMSSecurityException",
        "refused: bills reads another's topic: JMSException",
        "refused: news reads another's queue: JMSSecurityException",
        'refused: news writes an address that nobody asked for: InvalidDestinationException',
        'refused: bills asks the management: JMSSecurityException',
        'refused: a wrong password: JMSSecuritySaslException',
        'refused: no TLS: JmsOperationTimedOutException',
      ]);
    });
  },
);

const cluster = `apiVersion: fluxwright.dev/v1
kind: Cluster
metadata:
  name: till
spec:
  provider: hetzner
  region: fsn1
  loadBalancer: cloud
  dns: cloudflare
  archival: none
  # One broker of each is what is started here.
  profile: small
  domain: till.example.com
  kubernetes: {distribution: k3s, version: "1.36"}
  flux: {version: "2.9"}
  git: {url: https://git.example.com/platform/fleet.git, branch: main, secretRef: flux-system}
  delivery: helm-release
  policies: {enforcement: Audit}
  contact: {email: platform@example.com}
  nodes: {pools: [{name: system, count: 9, cpu: 8, memory: 16Gi}]}
  components: [till]
  values: {cilium: {cluster: {id: 9}}}
`;
