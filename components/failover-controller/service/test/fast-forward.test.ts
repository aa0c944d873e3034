import { afterEach, beforeEach, expect, test } from 'vitest';
import { fastForward, type Home } from '../src/git/fast-forward.ts';
import { type GitServer, gitServer } from './git-server.ts';

let server: GitServer;
let home: Home;
let main: string;
const asPrimary = 'Let nbg1 take over\n\nFluxwright-Cluster: nbg1\nFluxwright-Step: failover\n';
beforeEach(async () => {
  server = await gitServer();
  home = { site: 'nbg1', url: server.url, username: 'user', password: 'word', main: 'main', failover: 'failover' };
  main = server.commit('main', server.commit('main', undefined, 'first'), 'second');
});
afterEach(() => server.close());
const tip = (branch: string): string => server.git('rev-parse', `refs/heads/${branch}`);

test('main becomes the commit that was kept on top of it, and a tag says why', async () => {
  const failover = server.commit('failover', main, asPrimary);
  const moved = await fastForward(home, 7, 'fsn1 is silent', 'nbg1');
  expect(moved).toEqual({ is: 'moved', to: failover, was: main });
  expect(tip('main')).toBe(failover);
  const tag = server.git('for-each-ref', '--format=%(refname:short)', 'refs/tags');
  expect(server.git('cat-file', '-p', tag)).toContain(
    `fsn1 is silent\n\nFailover-Epoch: 7\nFailover-By: nbg1\nFailover-From: ${main}`,
  );
  expect(await fastForward(home, 7, 'fsn1 is silent', 'nbg1')).toEqual({ is: 'there', to: failover });
});

test('a commit that does not continue what main is moves nothing', async () => {
  const failover = server.commit('failover', main, asPrimary);
  const newer = server.commit('main', main, 'third');
  expect(await fastForward(home, 1, 'why', 'nbg1')).toEqual({ is: 'outdated', main: newer, failover });
  expect(tip('main')).toBe(newer);
});

test('two commits at once move nothing', async () => {
  const failover = server.commit('failover', server.commit('failover', main, 'one'), asPrimary);
  expect(await fastForward(home, 1, 'why', 'nbg1')).toEqual({ is: 'outdated', main, failover });
});

test.each(['as primary', asPrimary.replaceAll('nbg1', 'fsn1'), asPrimary.replace('Step: failover', 'Step: hold')])(
  'a commit that publish has not proved for this side moves nothing: %j',
  async (message) => {
    const failover = server.commit('failover', main, message);
    expect(await fastForward(home, 1, 'why', 'nbg1')).toEqual({ is: 'unproved', failover });
    expect(tip('main')).toBe(main);
  },
);

test('without the branch there is nothing to move to', async () => {
  expect(await fastForward(home, 1, 'why', 'nbg1')).toEqual({ is: 'missing' });
});

test('a wrong password is an error that does not say it', async () => {
  server.commit('failover', main, asPrimary);
  const wrong = { ...home, password: 'hunter2' };
  await expect(fastForward(wrong, 1, 'why', 'nbg1')).rejects.toThrow(/^(?!.*hunter2)/);
  expect(tip('main')).toBe(main);
});
