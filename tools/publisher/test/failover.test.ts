import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { readTargets } from '../src/prepare-clusters.ts';
import { type GitServer, startGitServer } from './git-server.ts';
import { type PairWorkspace, pairWorkspace } from './pair-workspace.ts';
import { environment } from './publish-once.ts';

let server: GitServer;
let workspace: PairWorkspace;
let count = 0;
const name = (): string => `pair-${count}`;
beforeAll(async () => {
  server = await startGitServer();
});
beforeEach(async () => {
  count += 1;
  workspace = await pairWorkspace(server.create(name()));
});
afterEach(() => workspace.remove());
afterAll(() => server.close());

const git = (...args: readonly string[]): string => server.git(name(), ...args).trim();
const tip = (branch: string): string => git('rev-parse', `refs/heads/${branch}`);
const branches = (): readonly string[] => git('for-each-ref', '--format=%(refname:short)', 'refs/heads').split('\n');
const publish = async (clusters?: readonly string[]) => {
  const { outcomes, diagnostics } = await workspace.publish(environment, clusters);
  return { outcomes, codes: diagnostics.map(({ code }) => code) };
};
const file = (cluster: string): string => join(workspace.root, 'clusters', cluster, 'cluster.yaml');
/** What a Failover Controller does. */
const takeOver = (): string => git('update-ref', 'refs/heads/main', tip('failover'));

it('a publish keeps the failover tree of the standby as one commit on top of main, and touches nothing else', async () => {
  const { outcomes, codes } = await publish();
  expect(codes).toEqual([]);
  expect(outcomes.map(({ cluster, failover }) => [cluster, failover])).toEqual([
    ['north', undefined],
    ['south', tip('failover')],
  ]);
  expect(git('rev-list', '--parents', '-1', 'failover')).toBe(`${tip('failover')} ${tip('main')}`);
  const changed = git('diff', '--name-only', 'main', 'failover').split('\n');
  expect(changed.filter((path) => !path.startsWith('clusters/south/'))).toEqual([]);
  expect(changed.some((path) => path.includes('/components/shop/install/'))).toBe(true);
  expect(git('log', '-1', '--format=%s%n%(trailers:key=Fluxwright-Step,key=Fluxwright-Cluster)', 'failover')).toBe(
    'Let south take over\nFluxwright-Cluster: south\nFluxwright-Step: failover',
  );
  const before = tip('failover');
  expect((await publish()).codes).toEqual([]);
  expect(tip('failover')).toBe(before);
}, 120_000);

it('the failover tree follows main when another cluster is published', async () => {
  await publish();
  const before = git('rev-parse', 'failover:clusters/south');
  await workspace.edit('clusters/north/cluster.yaml', 'domain: north.example.com', 'domain: new.example.com');
  await publish(['north']);
  expect(git('rev-list', '--parents', '-1', 'failover')).toBe(`${tip('failover')} ${tip('main')}`);
  expect(git('rev-parse', 'failover:clusters/north')).toBe(git('rev-parse', 'main:clusters/north'));
  expect(git('rev-parse', 'failover:clusters/south')).toBe(before);
}, 120_000);

it('what main carries of a failover is not overwritten until cluster.yaml says it', async () => {
  await publish();
  takeOver();
  const taken = git('rev-parse', 'main:clusters/south');
  expect((await publish()).codes).toEqual(['publish/unadopted-failover']);
  server.seed(name(), 'main', { 'README.md': 'Others go on\n' });
  expect((await publish()).codes).toEqual(['publish/unadopted-failover']);
  expect(git('rev-parse', 'main:clusters/south')).toBe(taken);

  await workspace.say('south', 'primary');
  await workspace.say('north', 'standby');
  await workspace.say('south', 'primary');
  const adopted = await publish(['south']);
  expect(adopted.codes).toEqual([]);
  expect(adopted.outcomes).toMatchObject([{ status: 'unchanged' }]);
  expect(branches()).toEqual(['main']);
  expect((await publish()).codes).toEqual([]);
  expect(git('log', '-1', '--format=%(trailers:key=Fluxwright-Cluster,valueonly)', 'failover')).toBe('north');
}, 120_000);

it('a branch of others is not touched', async () => {
  for (const branch of ['main', 'failover']) server.seed(name(), branch, { 'a.txt': 'mine\n' });
  const before = tip('failover');
  const { outcomes, codes } = await publish();
  expect(codes).toEqual(['publish/foreign-branch']);
  expect(outcomes.map(({ status }) => status)).toEqual(['published', 'published']);
  expect(tip('failover')).toBe(before);
}, 120_000);

it('git hears of no branch that it could take for an option, also of a cluster that is not asked for', async () => {
  await publish();
  const wrong = 'git: {failover: "--upload-pack=x"}';
  writeFileSync(file('south'), `${readFileSync(file('south'), 'utf8')}  ${wrong}\n`);
  const { diagnostics } = readTargets({ root: workspace.root, clusters: ['south'] });
  expect(diagnostics.map(({ code }) => code)).toEqual(['publish/invalid-target']);
  await workspace.edit('clusters/north/cluster.yaml', 'domain: north.example.com', 'domain: new.example.com');
  expect((await publish(['north'])).codes).toEqual([]);
}, 120_000);
