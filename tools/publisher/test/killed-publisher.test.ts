import { afterAll, beforeAll, expect, it } from 'vitest';
import { type GitServer, startGitServer } from './git-server.ts';
import { killPublishers } from './kill-publishers.ts';

let server: GitServer;
beforeAll(async () => {
  server = await startGitServer();
});
afterAll(() => server.close());

it('a killed publisher leaves the old commit or the new one, and the next run converges', async () => {
  const report = await killPublishers(server, 'kill', 10);
  expect(report.old + report.new).toBe(10);
}, 240_000);
