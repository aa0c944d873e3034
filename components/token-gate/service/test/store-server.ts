import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Redis } from 'iovalkey';
import { freePort } from '../../../../tools/publisher/test/free-port.ts';

/** The server to try with: Valkey, or the Redis that Valkey comes from, which has the same commands. */
export const program = ['valkey-server', 'redis-server'].find(
  (each) => spawnSync(each, ['--version']).error === undefined,
);

/** A real server of its own on a free port, which ends with the test. */
export async function startStore(): Promise<{ readonly store: Redis; readonly port: number } & AsyncDisposable> {
  const folder = mkdtempSync(path.join(tmpdir(), 'store-'));
  const port = await freePort();
  const server = spawn(program ?? '', ['--port', String(port), '--save', '', '--dir', folder], { stdio: 'ignore' });
  const store = new Redis({ port, retryStrategy: () => 50, maxRetriesPerRequest: 100 });
  store.on('error', () => {});
  await store.ping();
  return {
    store,
    port,
    async [Symbol.asyncDispose]() {
      store.disconnect();
      if (server.exitCode === null && server.signalCode === null) {
        server.kill();
        await new Promise((done) => server.once('exit', done));
      }
      rmSync(folder, { recursive: true });
    },
  };
}
