import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type GitServer, startGitServer } from './git-server.ts';
import { environment, publishOnce } from './publish-once.ts';

let server: GitServer;
let cacheFolder: string;
beforeAll(async () => {
  server = await startGitServer();
  cacheFolder = mkdtempSync(join(tmpdir(), 'fluxwright-cache-'));
});
afterAll(async () => {
  await server.close();
  rmSync(cacheFolder, { recursive: true, force: true });
});

const isPush = (url: string): boolean => url.endsWith('/git-receive-pack');

it('a push that arrived is published, also where its answer is lost in words nobody knows', async () => {
  const url = server.create('words');
  await publishOnce(url, { 'a.yaml': 'a: 1\n' }, { cacheFolder });
  let pushes = 0;
  server.fault = ({ url: asked }) => {
    if (!isPush(asked)) return undefined;
    pushes += 1;
    return pushes === 1 ? { do: 'garble-answer' } : undefined;
  };
  const outcome = await publishOnce(url, { 'a.yaml': 'a: 2\n' }, { cacheFolder });
  server.fault = () => undefined;
  expect(outcome).toMatchObject({ status: 'published', written: 2, diagnostics: [] });
  expect(outcome.commit).toBe(server.git('words', 'rev-parse', 'main').trim());
  expect(pushes).toBe(1);
});

it('a push whose answer is lost, and after that the server, is told as open', async () => {
  const url = server.create('open');
  await publishOnce(url, { 'a.yaml': 'a: 1\n' });
  let isDown = false;
  server.fault = ({ url: asked }) => {
    if (isDown) return { do: 'answer', status: 502 };
    if (!isPush(asked)) return undefined;
    isDown = true;
    return { do: 'lose-answer' };
  };
  const outcome = await publishOnce(url, { 'a.yaml': 'a: 2\n' }, { connect: { environment } });
  server.fault = () => undefined;
  expect(outcome.diagnostics[0]?.message).toContain('cluster one may be published or not:');
  expect(outcome.diagnostics[0]?.help).toContain('publish again: that finds out');
});
