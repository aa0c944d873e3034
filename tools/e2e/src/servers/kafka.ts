import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { run } from '../run.ts';
import type { Tree } from '../tree.ts';
import { until } from '../until.ts';
import { makeAuthority, makeCertificate } from './authority.ts';
import { filledSecret } from './filled-secret.ts';
import { classPath, objectOf } from './trial.ts';

interface Kafka {
  readonly spec: {
    readonly kafka: {
      readonly listeners: readonly {
        readonly name: string;
        readonly port: number;
        readonly tls: boolean;
        readonly authentication: { readonly type: string };
      }[];
      readonly authorization: { readonly type: string };
      readonly config: Readonly<Record<string, unknown>>;
    };
  };
}

interface User {
  readonly spec: {
    readonly authorization: {
      readonly acls: readonly {
        readonly resource: { readonly type: string; readonly name: string; readonly patternType: string };
        readonly operations: readonly string[];
      }[];
    };
  };
}

interface Topic {
  readonly spec: {
    readonly topicName: string;
    readonly partitions: number;
    readonly config: Readonly<Record<string, unknown>>;
  };
}

const broker =
  'org.apache.kafka.common.security.scram.ScramLoginModule required username="broker" password="broker-secret";';

/**
 * Writes into a folder what a broker, its administrator and the users of a consumer are configured with: the broker as
 * Strimzi does it of the tree's Kafka, the users by their Secrets.
 */
export async function prepareKafka(tree: Tree, folder: string, users: readonly string[]): Promise<void> {
  await makeAuthority(folder, 'ca');
  await makeAuthority(folder, 'other');
  await makeCertificate(folder, 'broker', { ca: 'ca', dnsNames: ['kafka-kafka-bootstrap.kafka.svc'] });
  const write = (file: string, text: string): void => writeFileSync(join(folder, file), text);
  const read = (file: string): string => readFileSync(join(folder, file), 'utf8');
  write('keystore.pem', read('broker.key') + read('broker.crt'));
  const { kafka } = (objectOf(tree, 'Kafka', 'kafka') as unknown as Kafka).spec;
  write('server.properties', properties({ ...serverOf(kafka), ...kafka.config }));
  write('admin.properties', properties(clientOf(broker, 'ca.crt')));
  const passwords = new Map<string, string>();
  const stored = (entry: string): string => {
    if (entry === 'kafka/ca') return read('ca.crt');
    const password = passwords.get(entry) ?? randomUUID();
    passwords.set(entry, password);
    return password;
  };
  const plan: string[][] = users.flatMap((user) => {
    const secret = filledSecret(objectOf(tree, 'ExternalSecret', `till-${user}`), stored);
    write(`${user}-ca.crt`, secret.ca ?? '');
    write(`${user}.properties`, properties(clientOf(secret.jaas ?? '', `${user}-ca.crt`)));
    const { acls } = (objectOf(tree, 'KafkaUser', `till-${user}`) as unknown as User).spec.authorization;
    return [
      ['user', secret.username ?? '', secret.password ?? ''],
      ...acls.flatMap(({ resource: { type, name, patternType }, operations }) =>
        operations.map((operation) => ['acl', secret.username ?? '', type, name, patternType, operation]),
      ),
    ];
  });
  const topics = tree.objects.flatMap(({ object }) => {
    if (object.kind !== 'KafkaTopic') return [];
    const { topicName, partitions, config } = (object as unknown as Topic).spec;
    const pairs = Object.entries(config).map(([key, value]) => `${key}=${value}`);
    return [['topic', topicName, String(partitions), pairs.join(';')]];
  });
  write('plan.tsv', [...plan, ...topics].map((line) => `${line.join('\t')}\n`).join(''));
}

/** Formats the storage and starts the broker; resolves once it answers. */
export async function startKafka(folder: string): Promise<ChildProcess> {
  const java = (...args: string[]): readonly string[] => ['-Xmx512m', '-cp', classPath('kafka'), ...args];
  const scram = 'SCRAM-SHA-512=[name=broker,password=broker-secret]';
  const format = java(
    'kafka.tools.StorageTool',
    'format',
    '-t',
    'Zmx1eHdyaWdodC10cmlhbA',
    '-c',
    'server.properties',
    '--add-scram',
    scram,
  );
  await run('java', format, { cwd: folder });
  const server = spawn('java', java('kafka.Kafka', 'server.properties'), { cwd: folder, stdio: 'ignore' });
  await until(120, answers, async () => `nothing listens on the broker's port; it ended with ${server.exitCode}`);
  return server;
}

/** true once somebody takes connections on the broker's port. */
function answers(): Promise<true | undefined> {
  return new Promise((resolve) => {
    const socket = connect(29093, 'localhost');
    socket.once('connect', () => resolve(socket.destroy() && true));
    socket.once('error', () => resolve(undefined));
  });
}

/** What Strimzi writes of the only listener, which takes names and passwords over TLS, beside the controller's own. */
function serverOf({ listeners, authorization }: Kafka['spec']['kafka']): Readonly<Record<string, string>> {
  const [listener, ...others] = listeners;
  if (listener === undefined || others.length > 0 || !listener.tls || listener.authentication.type !== 'scram-sha-512')
    throw new Error('the Kafka of the tree has other listeners than one with TLS and SCRAM-SHA-512');
  if (authorization.type !== 'simple') throw new Error('the Kafka of the tree holds users to nothing');
  return {
    'process.roles': 'broker,controller',
    'node.id': '0',
    'controller.quorum.voters': '0@localhost:29090',
    'controller.listener.names': 'CONTROLPLANE',
    listeners: 'CONTROLPLANE://localhost:29090,SCRAM://localhost:29093',
    'advertised.listeners': 'SCRAM://localhost:29093',
    'listener.security.protocol.map': 'CONTROLPLANE:PLAINTEXT,SCRAM:SASL_SSL',
    'early.start.listeners': 'CONTROLPLANE',
    'inter.broker.listener.name': 'SCRAM',
    'sasl.mechanism.inter.broker.protocol': 'SCRAM-SHA-512',
    'listener.name.scram.sasl.enabled.mechanisms': 'SCRAM-SHA-512',
    'listener.name.scram.scram-sha-512.sasl.jaas.config': broker,
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': 'keystore.pem',
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': 'ca.crt',
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'super.users': 'User:broker;User:ANONYMOUS',
    'log.dirs': 'data',
  };
}

function clientOf(jaas: string, ca: string): Readonly<Record<string, string>> {
  return {
    'bootstrap.servers': 'localhost:29093',
    'security.protocol': 'SASL_SSL',
    'sasl.mechanism': 'SCRAM-SHA-512',
    'sasl.jaas.config': jaas,
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': ca,
  };
}

function properties(values: Readonly<Record<string, unknown>>): string {
  return Object.entries(values)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');
}
