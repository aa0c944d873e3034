import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { artemisOf, brokerStore, brokerXml, prepareBroker } from '../servers/artemis.ts';
import { filledSecret } from '../servers/filled-secret.ts';
import { classPath, objectOf, serverAvailable } from '../servers/trial.ts';
import type { Tree } from '../tree.ts';
import { Server } from './program.ts';

/** One side's broker with what its tree says of a copied address: as ArkMQ and External Secrets do it. */
export class ArtemisSide {
  readonly folder: string;
  readonly stored: (entry: string) => string;
  readonly #name: string;
  readonly #port: number;
  #server: Server | undefined;

  constructor(folder: string, name: string, port: number) {
    this.folder = folder;
    this.stored = brokerStore(folder);
    this.#name = name;
    this.#port = port;
  }

  async prepare(tree: Tree): Promise<void> {
    mkdirSync(join(this.folder, 'peer'));
    await prepareBroker(tree, this.folder, ['tls']);
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
    const { acceptors, brokerProperties } = artemisOf(tree);
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
    const acceptor = acceptors.find(({ name }) => name === 'pair');
    if (acceptor === undefined) throw new Error('the tree has no way in for the other side');
    this.#write('broker.xml', this.#configuration(acceptor.protocols));
    const source = resolve(import.meta.dirname, '../../fixtures/servers/artemis/Side.java');
    const login = [this.#name, this.stored(`activemq/${this.#name}`)];
    this.#server = new Server('java', ['-Xmx384m', '-cp', classPath('artemis'), source, ...login], {
      cwd: this.folder,
    });
    const status = await this.#server.next('started ');
    if (!status.includes('"errors":[]')) throw new Error(`the broker refuses properties: ${status}`);
  }

  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    return this.#server?.end(signal) ?? Promise.resolve();
  }

  /** What the consumer of the address gets: `send <address> <text>`, `take <address>`, `look <address>`. */
  async ask(line: string): Promise<string> {
    if (this.#server === undefined) throw new Error('the broker was never started');
    const answer = this.#server.next('answer ');
    this.#server.tell(line);
    return answer;
  }

  #write(file: string, text: string): void {
    writeFileSync(join(this.folder, file), text);
  }

  /** The other side's way in alone, and two within the process, one of which is its consumer's. */
  #configuration(protocols: string): string {
    const tls = `sslEnabled=true;keyStoreType=PEMCFG;keyStorePath=${this.folder}/tls.pemcfg`;
    return brokerXml(this.folder, [
      '<acceptor name="vm">vm://0</acceptor>',
      '<acceptor name="clients">vm://1</acceptor>',
      `<acceptor name="pair">tcp://localhost:${this.#port}?protocols=${protocols};${tls}</acceptor>`,
    ]);
  }
}

/** Whether the jars of a broker are at hand. */
export const artemisServer = serverAvailable('artemis');
