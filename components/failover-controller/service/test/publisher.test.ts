import { afterEach, beforeEach, expect, test } from 'vitest';
import { type PairWorkspace, pairWorkspace } from '../../../../tools/publisher/test/pair-workspace.ts';
import { fastForward, type Home, standingOf } from '../src/git/fast-forward.ts';
import { type GitServer, gitServer } from './git-server.ts';

// What the publisher keeps, and what the controller moves main to, must be the same: both sides on one real git server.

let server: GitServer;
let workspace: PairWorkspace;
let home: Home;
beforeEach(async () => {
  server = await gitServer();
  workspace = await pairWorkspace(server.url);
  home = { site: 'south', url: server.url, username: 'user', password: 'word', main: 'main', failover: 'failover' };
});
afterEach(async () => {
  workspace.remove();
  await server.close();
});

const environment = { ...process.env, FLUXWRIGHT_GIT_USERNAME: 'user', FLUXWRIGHT_GIT_TOKEN: 'word' };
const publish = async (): Promise<readonly string[]> =>
  (await workspace.publish(environment)).diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ code }) => code);
const tip = (branch: string): string => server.git('rev-parse', `refs/heads/${branch}`);

test('what publish keeps is what the controller moves main to, and publish then waits for the sources', async () => {
  expect(await publish()).toEqual([]);
  const failover = tip('failover');
  expect(await standingOf({ ...home, site: 'north' })).toEqual({ is: 'unproved', failover });
  expect(await fastForward(home, 3, 'north is silent', 'south')).toEqual({
    is: 'moved',
    to: failover,
    was: server.git('rev-parse', 'main~1'),
  });
  expect(await publish()).toEqual(['publish/unadopted-failover']);
  expect(tip('main')).toBe(failover);
  await workspace.say('south', 'primary');
  await workspace.say('north', 'standby');
  await workspace.say('south', 'primary');
  expect(await publish()).toEqual([]);
  expect(await standingOf({ ...home, site: 'north' })).toMatchObject({ is: 'ready', was: tip('main') });
}, 120_000);
