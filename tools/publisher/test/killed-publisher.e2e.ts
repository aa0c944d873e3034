import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type GitServer, startGitServer } from './git-server.ts';
import { killPublishers } from './kill-publishers.ts';

const rounds = Number(process.env.FLUXWRIGHT_KILLS ?? 1000);

let server: GitServer;
beforeAll(async () => {
  server = await startGitServer();
});
afterAll(() => server.close());

it(`${rounds} killed publishers leave the old commit or the new one, and the next run converges`, async () => {
  const report = await killPublishers(server, 'kills', rounds);
  expect(report.old + report.new).toBe(rounds);
  const folder = join(import.meta.dirname, '../../../reports');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'publisher-kills.json'), `${JSON.stringify(report)}\n`);
});
