import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { makeAuthority, makeCertificate } from '../servers/authority.ts';
import { filledSecret } from '../servers/filled-secret.ts';
import { classPath, objectOf } from '../servers/trial.ts';
import type { Tree } from '../tree.ts';

interface Broker {
  readonly spec: {
    readonly acceptors: readonly { readonly name: string; readonly port: number; readonly protocols: string }[];
    readonly brokerProperties: readonly string[];
  };
}

/** One side's broker with what its tree says of a copied address: as ArkMQ and External Secrets do it. */
export class ArtemisSide {
  readonly folder: string;
  readonly #name: string;
  readonly #port: number;
  readonly #stored = new Map<string, string>();
  #process: ChildProcess | undefined;
  #lines: Interface | undefined;

  constructor(folder: string, name: string, port: number) {
    this.folder = folder;
    this.#name = name;
    this.#port = port;
  }

  async prepare(tree: Tree): Promise<void> {
    for (const each of ['jaas', 'etc', 'peer']) mkdirSync(join(this.folder, each));
    await makeAuthority(this.folder, 'ca');
    const { dnsNames } = (objectOf(tree, 'Certificate', 'activemq') as unknown as { spec: { dnsNames: string[] } })
      .spec;
    await makeCertificate(this.folder, 'tls', { ca: 'ca', dnsNames });
    this.#write('etc/artemis-users.properties', 'operator=operator-secret\n');
    this.#write('etc/artemis-roles.properties', 'admin=operator\n');
  }

  stored(entry: string): string {
    const value =
      this.#stored.get(entry) ??
      (entry === 'activemq/ca' ? readFileSync(join(this.folder, 'ca.crt'), 'utf8') : randomUUID().replaceAll('-', ''));
    this.#stored.set(entry, value);
    return value;
  }

  /** What has come of the other side: as whom its broker comes in, and whom to trust over there. */
  receive(tree: Tree, peer: ArtemisSide): void {
    const secret = filledSecret(objectOf(tree, 'ExternalSecret', 'activemq-peer'), (entry) =>
      peer.stored(entry.endsWith('/password') ? 'activemq-pair/password' : 'activemq/ca'),
    );
    for (const [file, text] of Object.entries(secret)) this.#write(join('peer', file), `${text}\n`);
  }

  /** Starts the broker as a tree has it, on the journal that is there. */
  async start(tree: Tree, peer: ArtemisSide): Promise<void> {
    const { acceptors, brokerProperties } = (objectOf(tree, 'ActiveMQArtemis', 'activemq') as unknown as Broker).spec;
    const local = (text: string): string =>
      text
        .replace(/tcp:\/\/[^:]+:61617/, `tcp://localhost:${peer.#port}`)
        .replaceAll('/amq/peer', join(this.folder, 'peer'))
        .replaceAll('/home/jboss/amq-broker/etc', join(this.folder, 'etc'));
    const secret = (name: string) =>
      Object.entries(filledSecret(objectOf(tree, 'ExternalSecret', name), (entry) => this.stored(entry)));
    for (const [file, text] of secret('activemq-jaas-config')) this.#write(join('jaas', file), local(text));
    const more = secret('activemq-pair-bp').map(([, text]) => text);
    this.#write('broker.properties', [...brokerProperties.map(local), ...more, ''].join('\n'));
    this.#write('tls.pemcfg', `source.key=${this.folder}/tls.key\nsource.cert=${this.folder}/tls.crt\n`);
    const acceptor = acceptors.find(({ name }) => name === 'pair');
    if (acceptor === undefined) throw new Error('the tree has no way in for the other side');
    this.#write('broker.xml', this.#configuration(acceptor.protocols));
    const source = resolve(import.meta.dirname, '../../fixtures/servers/artemis/Side.java');
    const login = [this.#name, this.stored(`activemq/${this.#name}`)];
    this.#process = spawn('java', ['-Xmx384m', '-cp', classPath('artemis'), source, ...login], { cwd: this.folder });
    if (this.#process.stdout === null) throw new Error('it says nothing');
    this.#lines = createInterface(this.#process.stdout);
    const status = await this.#next('started ');
    if (!status.includes('"errors":[]')) throw new Error(`the broker refuses properties: ${status}`);
  }

  /** Ends the broker as a lost node does, or as a pod that is replaced. */
  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#process;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((done) => child.once('exit', done));
    child.kill(signal);
    await gone;
  }

  /** What the consumer of the address gets: `send <address> <text>`, `take <address>`, `look <address>`. */
  async ask(line: string): Promise<string> {
    const answer = this.#next('answer ');
    this.#process?.stdin?.write(`${line}\n`);
    return answer;
  }

  #next(start: string): Promise<string> {
    return new Promise((done, refuse) => {
      const lines = this.#lines;
      const over = (): void => refuse(new Error('the broker has ended'));
      const hear = (line: string): void => {
        if (!line.startsWith(start)) return;
        lines?.off('line', hear).off('close', over);
        done(line.slice(start.length));
      };
      lines?.on('line', hear).once('close', over);
    });
  }

  #write(file: string, text: string): void {
    writeFileSync(join(this.folder, file), text);
  }

  /** The operator's own part of the configuration, with the other side's way in alone. */
  #configuration(protocols: string): string {
    const tls = `sslEnabled=true;keyStoreType=PEMCFG;keyStorePath=${this.folder}/tls.pemcfg`;
    const data = join(this.folder, 'data');
    return `<configuration xmlns="urn:activemq"><core xmlns="urn:activemq:core">
<name>activemq</name><journal-type>NIO</journal-type>
<paging-directory>${data}/paging</paging-directory><bindings-directory>${data}/bindings</bindings-directory>
<journal-directory>${data}/journal</journal-directory><large-messages-directory>${data}/large</large-messages-directory>
<acceptors><acceptor name="vm">vm://0</acceptor>
<acceptor name="clients">vm://1</acceptor>
<acceptor name="pair">tcp://localhost:${this.#port}?protocols=${protocols};${tls}</acceptor></acceptors>
<address-settings><address-setting match="#"><auto-create-queues>true</auto-create-queues></address-setting></address-settings>
</core></configuration>
`;
  }
}

/** Whether the jars of a broker are at hand. */
export const artemisServer = existsSync(classPath('artemis').replace(/\*$/, ''));
