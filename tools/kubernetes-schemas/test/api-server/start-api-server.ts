import { execFileSync, spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** The script that builds them from their Go modules; beside the workspace here and in CI. */
const build = resolve(import.meta.dirname, '../../../../../shared/e2e/build.sh');
const programs = join(process.env.E2E_CACHE ?? join(tmpdir(), 'e2e'), 'bin');
const built = ['etcd', 'kube'].every((name) => existsSync(join(programs, name)));
const token = 'api-server-test';

/** Whether etcd and kube-apiserver (of Kubernetes 1.37) are built, or can be. */
export const hasApiServer = built || existsSync(build);

/** What the server answers: the status is 0 where it hung up. */
export interface Answer {
  readonly status: number;
  readonly body: { readonly message?: string };
}

export interface ApiServer {
  /** POST of an object to the path of its collection. */
  create(path: string, object: object): Promise<Answer>;
  /** Server-side apply, as Flux does it, to the path of the object. */
  apply(path: string, object: object): Promise<Answer>;
  stop(): Promise<void>;
}

/** Starts etcd and kube-apiserver on loopback, built first where they are not, with nothing around them: no controller, no webhook. */
export async function startApiServer(): Promise<ApiServer> {
  if (!built) execFileSync('bash', [build, 'etcd', 'kube'], { stdio: 'inherit' });
  const folder = mkdtempSync(join(tmpdir(), 'api-server-'));
  const [port, clients, peers] = await freePorts(3);
  const store = `http://127.0.0.1:${clients}`;
  writeFileSync(join(folder, 'tokens.csv'), `${token},admin,admin,"system:masters"\n`);
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  writeFileSync(join(folder, 'sa.key'), privateKey.export({ type: 'pkcs1', format: 'pem' }));
  const run = (name: string, args: readonly string[]) => spawn(join(programs, name), args, { stdio: 'ignore' });
  const etcd = run('etcd', [
    ...['--data-dir', join(folder, 'etcd'), '--unsafe-no-fsync'],
    ...['--listen-client-urls', store, '--advertise-client-urls', store],
    ...[
      '--listen-peer-urls',
      `http://127.0.0.1:${peers}`,
      '--initial-advertise-peer-urls',
      `http://127.0.0.1:${peers}`,
    ],
    ...['--initial-cluster', `default=http://127.0.0.1:${peers}`],
  ]);
  const kube = run('kube', [
    ...['kube-apiserver', '--etcd-servers', store, '--bind-address', '127.0.0.1', '--secure-port', String(port)],
    ...['--advertise-address', '127.0.0.1', '--endpoint-reconciler-type', 'none', '--cert-dir', join(folder, 'certs')],
    ...[
      '--service-cluster-ip-range',
      '10.96.0.0/16',
      '--allow-privileged',
      '--token-auth-file',
      join(folder, 'tokens.csv'),
    ],
    ...[
      '--service-account-key-file',
      join(folder, 'sa.key'),
      '--service-account-signing-key-file',
      join(folder, 'sa.key'),
    ],
    ...['--service-account-issuer', 'https://kubernetes.default.svc', '--authorization-mode', 'RBAC'],
    ...['--disable-admission-plugins', 'ServiceAccount'],
  ]);
  // It makes its own certificate for loopback.
  const agent = new Agent({ keepAlive: true, maxSockets: 8, rejectUnauthorized: false });
  const ask = asker(`https://127.0.0.1:${port}`, agent);
  const stop = async (): Promise<void> => {
    agent.destroy();
    for (const program of [kube, etcd]) {
      const ended = new Promise((done) => program.once('exit', done));
      if (program.exitCode === null && program.kill('SIGKILL')) await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  };
  for (let tries = 0; (await ask('GET', '/api/v1/namespaces/default')).status !== 200; tries++) {
    if (tries > 300) {
      await stop();
      throw new Error('the API server did not start within a minute');
    }
    await sleep(200);
  }
  return {
    create: (path, object) => ask('POST', path, object),
    apply: (path, object) => ask('PATCH', path, object),
    stop,
  };
}

function asker(server: string, agent: Agent) {
  return (method: string, path: string, object?: object): Promise<Answer> =>
    new Promise((done) => {
      const headers = {
        authorization: `Bearer ${token}`,
        'content-type': `application/${method === 'PATCH' ? 'apply-patch+yaml' : 'json'}`,
      };
      const hungUp = (error: Error): void => done({ status: 0, body: { message: error.message } });
      const call = request(`${server}${path}`, { method, agent, headers }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part) => parts.push(part));
        response.on('error', hungUp);
        response.on('end', () => {
          const text = Buffer.concat(parts).toString('utf8');
          done({ status: response.statusCode ?? 0, body: text.startsWith('{') ? JSON.parse(text) : { message: text } });
        });
      });
      call.on('error', hungUp);
      call.end(object === undefined ? undefined : JSON.stringify(object));
    });
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => new Promise((done) => server.once('listening', done))));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}
