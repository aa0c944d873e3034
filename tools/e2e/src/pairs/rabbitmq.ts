import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KubernetesObject } from '../kubectl.ts';
import { makeAuthority, makeCertificate } from '../servers/authority.ts';
import { filledSecret } from '../servers/filled-secret.ts';
import { objectOf } from '../servers/trial.ts';
import type { Tree } from '../tree.ts';
import { until } from '../until.ts';
import { programOf, Server } from './program.ts';

export const rabbitmqServer = programOf('rabbitmq-server');

type Spec = Readonly<Record<string, unknown>>;

const administrator = `Basic ${Buffer.from('guest:guest').toString('base64')}`;

/**
 * One side's broker with what its tree says of a copied vhost: as the topology operator gives it to the management API
 * (rabbitmq/messaging-topology-operator:internal/*.go@v1.20.1).
 */
export class RabbitmqSide {
  readonly folder: string;
  readonly #name: string;
  readonly #port: number;
  readonly #node: string;
  readonly #stored = new Map<string, string>();
  #server: Server | undefined;

  constructor(folder: string, name: string, port: number) {
    this.folder = folder;
    this.#name = name;
    this.#port = port;
    this.#node = `pair-${port}@localhost`;
  }

  /** Makes the authority and the certificate that cert-manager would. */
  async prepare(tree: Tree): Promise<void> {
    for (const each of ['peer', 'data', 'log']) mkdirSync(join(this.folder, each));
    await makeAuthority(this.folder, 'ca');
    const certificate = objectOf(tree, 'Certificate', 'rabbitmq') as unknown as { spec: { dnsNames: string[] } };
    await makeCertificate(this.folder, 'tls', { ca: 'ca', dnsNames: certificate.spec.dnsNames });
    const { additionalPlugins } = (
      objectOf(tree, 'RabbitmqCluster', 'rabbitmq') as unknown as {
        spec: { rabbitmq: { additionalPlugins: readonly string[] } };
      }
    ).spec.rabbitmq;
    writeFileSync(join(this.folder, 'plugins'), `[${['rabbitmq_management', ...additionalPlugins].join(',')}].\n`);
    const file = (name: string): string => join(this.folder, name);
    writeFileSync(
      join(this.folder, 'rabbitmq.conf'),
      [
        'listeners.tcp = none',
        `listeners.ssl.default = 127.0.0.1:${this.#port}`,
        `ssl_options.cacertfile = ${file('ca.crt')}`,
        `ssl_options.certfile = ${file('tls.crt')}`,
        `ssl_options.keyfile = ${file('tls.key')}`,
        'management.tcp.ip = 127.0.0.1',
        `management.tcp.port = ${this.#port + 1}`,
        'disk_free_limit.absolute = 50MB',
        '',
      ].join('\n'),
    );
  }

  stored(entry: string): string {
    const value = this.#stored.get(entry) ?? (entry === 'rabbitmq/ca' ? '' : randomUUID().replaceAll('-', ''));
    this.#stored.set(entry, value);
    return value;
  }

  /** Starts the broker, with what it kept; resolves once its management answers. */
  async start(): Promise<void> {
    if (rabbitmqServer === undefined) throw new Error('there is no server to start');
    const file = (name: string): string => join(this.folder, name);
    this.#server = new Server(rabbitmqServer, [], {
      cwd: this.folder,
      env: {
        HOME: this.folder,
        RABBITMQ_NODENAME: this.#node,
        RABBITMQ_DIST_PORT: String(this.#port + 2),
        RABBITMQ_CONFIG_FILE: file('rabbitmq.conf'),
        RABBITMQ_ENABLED_PLUGINS_FILE: file('plugins'),
        RABBITMQ_MNESIA_BASE: file('data'),
        RABBITMQ_LOG_BASE: file('log'),
        RABBITMQ_PID_FILE: file('pid'),
        RABBITMQ_CONF_ENV_FILE: file('none'),
      },
    });
    await until(
      150,
      async () => {
        if (this.#server?.hasEnded) throw new Error(`the broker does not start\n${this.#server.said}`);
        return this.#ask('GET', 'overview').then(
          () => true as const,
          () => undefined,
        );
      },
      async () => `the broker does not answer\n${this.#server?.said}`,
    );
  }

  /**
   * Resolves once it has on its disk that it runs a quorum queue, a second after that is made: killed before (3.10.8), it comes back
   * with the queue and nobody who leads it.
   */
  async knows(queue: string): Promise<void> {
    const file = join(this.folder, 'data', this.#node, 'quorum', this.#node, 'names.dets');
    await until(
      30,
      async () => readFileSync(file, 'latin1').includes(`${this.#name}_${queue}`) || undefined,
      async () => `${file} does not name the queue ${queue}`,
    );
  }

  /** Ends the broker as a lost node does. */
  kill(): Promise<void> {
    return this.#server?.end('SIGKILL') ?? Promise.resolve();
  }

  /** Makes what a tree has of the vhost, and takes away what it has not: as the operator does it of objects that come and go. */
  async apply(tree: Tree, peer: RabbitmqSide): Promise<void> {
    const own = ({ metadata: { name } }: KubernetesObject): boolean =>
      name === this.#name || name.startsWith(`${this.#name}-`);
    const specs = (kind: string): readonly Spec[] =>
      tree.objects.flatMap(({ object }) =>
        object.kind === kind && object.metadata.namespace === 'rabbitmq' && own(object) ? [object.spec as Spec] : [],
      );
    const login = filledSecret(objectOf(tree, 'ExternalSecret', `${this.#name}-login`), (entry) => this.stored(entry));
    for (const { name } of specs('Vhost')) await this.#ask('PUT', `vhosts/${name}`, {});
    await this.#ask('PUT', `users/${login.username}`, { password: login.password, tags: '' });
    for (const { vhost, permissions } of specs('Permission'))
      await this.#ask('PUT', `permissions/${vhost}/${login.username}`, permissions as Spec);
    for (const { vhost, name, type, durable, autoDelete } of specs('Queue'))
      await this.#ask('PUT', `queues/${vhost}/${name}`, {
        durable,
        auto_delete: autoDelete,
        arguments: { 'x-queue-type': type },
      });
    for (const { vhost, name, type, durable, autoDelete } of specs('Exchange'))
      await this.#ask('PUT', `exchanges/${vhost}/${name}`, { type, durable, auto_delete: autoDelete });
    for (const { vhost, source, destination } of specs('Binding'))
      await this.#ask('POST', `bindings/${vhost}/e/${source}/q/${destination}`, { routing_key: '' });
    await this.#keepOnly(
      'parameters/federation-upstream',
      specs('Federation').map((spec) => [spec, { value: { uri: this.#uri(tree, peer), ...upstreamOf(spec) } }]),
    );
    await this.#keepOnly(
      'policies',
      specs('Policy').map((spec) => [
        spec,
        { pattern: spec.pattern, 'apply-to': spec.applyTo, definition: spec.definition },
      ]),
    );
  }

  /** How it comes into the vhost of the other side, as the Secret of its tree says it. */
  #uri(tree: Tree, peer: RabbitmqSide): string {
    const secret = filledSecret(objectOf(tree, 'ExternalSecret', `${this.#name}-peer`), () =>
      peer.stored(`${this.#name}/password`),
    );
    writeFileSync(join(this.folder, 'peer/ca.crt'), readFileSync(join(peer.folder, 'ca.crt')));
    return (secret.uri ?? '')
      .replace(/@[^/]+:5671\//, `@localhost:${peer.#port}/`)
      .replace('/etc/rabbitmq-peer/', `${this.folder}/peer/`);
  }

  async #keepOnly(kind: string, wanted: readonly (readonly [Spec, Spec])[]): Promise<void> {
    const there = (await this.#ask('GET', kind)) as readonly { readonly vhost: string; readonly name: string }[];
    for (const { vhost, name } of there)
      if (!wanted.some(([spec]) => spec.vhost === vhost && spec.name === name))
        await this.#ask('DELETE', `${kind}/${vhost}/${name}`);
    for (const [{ vhost, name }, value] of wanted) await this.#ask('PUT', `${kind}/${vhost}/${name}`, value);
  }

  /** The states of its links to the other side. */
  async links(): Promise<readonly string[]> {
    const links = (await this.#ask('GET', 'federation-links')) as readonly { status: string; error?: string }[];
    return links.map(({ status, error = '' }) => `${status} ${error}`.trim());
  }

  /** Publishes as its consumer would, by an exchange of its name in the vhost of its name. */
  async publish(exchange: string, text: string): Promise<void> {
    const message = { properties: { delivery_mode: 2 }, routing_key: '', payload: text, payload_encoding: 'string' };
    await this.#ask('POST', `exchanges/${this.#name}/${exchange}/publish`, message);
  }

  /** The messages of a queue; they stay there. */
  async look(queue: string): Promise<readonly string[]> {
    const how = { count: 100, ackmode: 'ack_requeue_true', encoding: 'auto' };
    const found = (await this.#ask('POST', `queues/${this.#name}/${queue}/get`, how)) as readonly { payload: string }[];
    return found.map(({ payload }) => payload);
  }

  async #ask(method: string, path: string, body?: Spec): Promise<unknown> {
    const answer = await fetch(`http://127.0.0.1:${this.#port + 1}/api/${path}`, {
      method,
      // A connection each: the broker ends those that wait.
      headers: { authorization: administrator, 'content-type': 'application/json', connection: 'close' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }
}

/** What of an upstream the operator passes on; the last two are younger than the broker of Debian 12, and `never` is what it does anyway. */
function upstreamOf(spec: Spec): Spec {
  const keys = {
    ackMode: 'ack-mode',
    maxHops: 'max-hops',
    expires: 'expires',
    messageTTL: 'message-ttl',
    reconnectDelay: 'reconnect-delay',
  };
  return Object.fromEntries(Object.entries(keys).map(([key, name]) => [name, spec[key]]));
}
