import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, tryRun } from '../run.ts';
import { makeAuthority, makeCertificate } from '../servers/authority.ts';
import { filledSecret } from '../servers/filled-secret.ts';
import { objectOf } from '../servers/trial.ts';
import type { Tree } from '../tree.ts';
import { until } from '../until.ts';
import { programOf, Server } from './program.ts';

/** Valkey, or the server that it comes from: it takes the same words, but for those in {@link newer}. */
export const valkeyServer = programOf('valkey-server', 'redis-server');
const client = programOf('valkey-cli', 'redis-cli') ?? 'valkey-cli';
/** What Valkey has since 9.1. */
const newer = valkeyServer?.endsWith('valkey-server') ? /^$/ : /^--tls-auto-reload-interval /;

interface Instance {
  readonly spec: {
    readonly template: {
      readonly spec: {
        readonly containers: readonly {
          readonly args: readonly string[];
          readonly readinessProbe: { readonly exec: { readonly command: readonly string[] } };
        }[];
      };
    };
  };
}

/** One side's instance of a copied Redis service, with what its tree says of it: as the kubelet and External Secrets do it. */
export class ValkeySide {
  readonly folder: string;
  readonly #name: string;
  readonly #port: number;
  readonly #stored = new Map<string, string>();
  #server: Server | undefined;
  #ready: readonly string[] = [];

  constructor(folder: string, name: string, port: number) {
    this.folder = folder;
    this.#name = name;
    this.#port = port;
  }

  /** Makes what cert-manager and the store would have of this side. */
  async prepare(tree: Tree): Promise<void> {
    for (const each of ['data', 'users', 'tls', 'copy', 'peer'])
      mkdirSync(join(this.folder, each), { recursive: true });
    await makeAuthority(this.folder, 'ca');
    for (const each of ['tls', 'copy']) {
      await makeCertificate(this.folder, each, { ca: 'ca', dnsNames: [each] });
      for (const part of ['crt', 'key'])
        writeFileSync(join(this.folder, each, `tls.${part}`), readFileSync(join(this.folder, `${each}.${part}`)));
      writeFileSync(join(this.folder, each, 'ca.crt'), readFileSync(join(this.folder, 'ca.crt')));
    }
    const users = filledSecret(objectOf(tree, 'ExternalSecret', `${this.#name}-users`), (entry) => this.stored(entry));
    writeFileSync(join(this.folder, 'users/users.acl'), users['users.acl'] ?? '');
    writeFileSync(join(this.folder, 'password'), users.password ?? '');
  }

  /** What is in this side's store; a password is made where it is asked for first. */
  stored(entry: string): string {
    const value = this.#stored.get(entry) ?? randomUUID().replaceAll('-', '');
    this.#stored.set(entry, value);
    return value;
  }

  /** What the other side reads of what this one has pushed there. */
  #pushed(entry: string): string {
    const property = entry.split('/')[1] ?? '';
    return property === 'password'
      ? readFileSync(join(this.folder, 'password'), 'utf8')
      : readFileSync(join(this.folder, 'copy', property), 'utf8');
  }

  /** Starts it as a tree has it, with the other side's instance where that has a name in the tree; the data stays. */
  async start(tree: Tree, peer: ValkeySide): Promise<void> {
    const secret = filledSecret(objectOf(tree, 'ExternalSecret', `${this.#name}-peer`), (entry) => peer.#pushed(entry));
    for (const [file, text] of Object.entries(secret)) writeFileSync(join(this.folder, 'peer', file), `${text}\n`);
    const [container] = (objectOf(tree, 'StatefulSet', this.#name) as unknown as Instance).spec.template.spec
      .containers;
    if (container === undefined || valkeyServer === undefined) throw new Error('there is no server to start');
    const args = container.args
      .filter((arg) => !newer.test(arg))
      .map((arg) =>
        arg
          .replace(/^--port 6379$/, `--port ${this.#port}`)
          .replace(/^--tls-port 6380$/, `--tls-port ${this.#port + 1}`)
          .replace(/^--replicaof \S+ 6380$/, `--replicaof localhost ${peer.#port + 1}`)
          .replace(/ \/(data|users|tls|peer)\b/, ` ${this.folder}/$1`),
      );
    this.#ready = container.readinessProbe.exec.command.map((each) =>
      each.replaceAll('valkey-cli', `${client} -p ${this.#port}`),
    );
    this.#server = new Server(valkeyServer, args, { cwd: this.folder });
    await until(
      20,
      () => this.#isReady(),
      async () => `the instance is not ready\n${this.#server?.said}`,
    );
  }

  /** Asks as its readiness probe does. */
  async #isReady(): Promise<true | undefined> {
    const [program = '', ...args] = this.#ready;
    const env = { ...process.env, REDISCLI_AUTH: readFileSync(join(this.folder, 'password'), 'utf8') };
    return (await tryRun(program, args, { env })).code === 0 ? true : undefined;
  }

  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    return this.#server?.end(signal) ?? Promise.resolve();
  }

  /** What it answers to its consumer. */
  async ask(...command: readonly string[]): Promise<string> {
    const env = { ...process.env, REDISCLI_AUTH: this.stored(`${this.#name}/user`) };
    const args = ['-p', String(this.#port), '--user', this.#name, '--no-auth-warning', ...command];
    return (await run(client, args, { env })).trim();
  }

  /** What it answers who comes in by the other side's way, and has a password and no certificate. */
  async askFromOutside(): Promise<string> {
    const env = { ...process.env, REDISCLI_AUTH: readFileSync(join(this.folder, 'password'), 'utf8') };
    const args = ['-p', String(this.#port + 1), '--tls', '--cacert', join(this.folder, 'ca.crt')];
    const { stdout, stderr } = await tryRun(client, [...args, '--user', 'copy', '--no-auth-warning', 'ping'], { env });
    return stdout + stderr;
  }
}
