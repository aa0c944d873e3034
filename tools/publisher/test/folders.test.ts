import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { compile } from '@fluxwright/compiler';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diffClusters } from '../src/diff-clusters.ts';
import { publishClusters } from '../src/publish-clusters.ts';
import { claim, fluxFiles } from './flux-files.ts';
import { type GitServer, startGitServer } from './git-server.ts';
import { codes, environment, publishOnce } from './publish-once.ts';

const sample = resolve(import.meta.dirname, '../../testing/fixtures/workspace');
let server: GitServer;
beforeAll(async () => {
  server = await startGitServer();
});
afterAll(() => server.close());

const files = (text: string) => ({ 'a.yaml': `a: ${text}\n` });
const data = fluxFiles({ shop: { objects: { 'claim.yaml': claim('data') } } });
const tip = (name: string): string => server.git(name, 'rev-parse', 'main');

describe('a folder of the branch that is another cluster’s', () => {
  it('is not replaced, and not called a loss of data', async () => {
    const url = server.create('owner');
    await publishOnce(url, data, { cluster: 'b', path: 'clusters/x' });
    const before = tip('owner');
    const outcome = await publishOnce(url, files('1'), { cluster: 'a', path: 'clusters/x' });
    expect(codes(outcome)).toEqual(['publish/foreign-folder']);
    expect(outcome.diagnostics[0]?.message).toContain('clusters/x in main is the folder of cluster b');
    expect(tip('owner')).toBe(before);
    // Renamed, and meant.
    const renamed = await publishOnce(url, data, { cluster: 'a', path: 'clusters/x', adopt: true });
    expect(renamed).toMatchObject({ status: 'published', diagnostics: [] });
  });

  it.each([
    ['inside', 'clusters/a', 'clusters/a/b', 'is around it'],
    ['deep inside', 'clusters', 'clusters/x/y/z', 'is around it'],
    ['around', 'clusters/b/a', 'clusters/b', 'lies in it'],
  ])('%s is never touched, whatever is asked', async (how, own, theirs, words) => {
    const name = how.replace(' ', '-');
    const url = server.create(name);
    await publishOnce(url, data, { cluster: 'b', path: theirs });
    const before = tip(name);
    for (const adopt of [false, true]) {
      const outcome = await publishOnce(url, files('1'), { cluster: 'a', path: own, adopt });
      expect(codes(outcome)).toEqual(['publish/foreign-folder']);
      expect(outcome.diagnostics[0]?.message).toContain(
        `${theirs} in main has a .fluxwright.json of its own, and ${own} ${words}`,
      );
    }
    expect(tip(name)).toBe(before);
  });

  it('at the root of the repository holds all others', async () => {
    const url = server.create('root');
    server.seed('root', 'main', { '.fluxwright.json': '{}\n', 'a.yaml': 'a: 1\n' });
    expect(codes(await publishOnce(url, files('1')))).toEqual(['publish/foreign-folder']);
  });
});

describe('two clusters of one workspace', () => {
  it.each([
    ['with one folder', 'git: {path: clusters/x}', 'git: {path: clusters/x}'],
    ['with one inside the other', 'git: {path: clusters/x}', 'git: {path: clusters/x/y}'],
  ])('%s are both refused, also where one alone is published', async (title, one, two) => {
    const name = title.replaceAll(' ', '-');
    const url = server.create(name);
    const root = mkdtempSync(join(tmpdir(), 'fluxwright-fleet-'));
    cpSync(sample, root, { recursive: true });
    cpSync(join(root, 'clusters/one'), join(root, 'clusters/two'), { recursive: true });
    const defaults = join(root, 'clusters/defaults.yaml');
    writeFileSync(defaults, readFileSync(defaults, 'utf8').replace(/url: [^,}\s]+/, `url: ${url}`));
    for (const [cluster, git] of [
      ['one', one],
      ['two', two],
    ] as const) {
      const file = join(root, `clusters/${cluster}/cluster.yaml`);
      writeFileSync(file, `${readFileSync(file, 'utf8').replace('name: one', `name: ${cluster}`)}  ${git}\n`);
    }
    await compile({ root });
    for (const clusters of [['one'], undefined]) {
      const asked = { root, environment, ...(clusters && { clusters }) };
      const { outcomes, failed, diagnostics } = await publishClusters({ ...asked, mode: 'push' });
      expect(outcomes).toEqual([]);
      expect(failed).toEqual(clusters ?? ['one', 'two']);
      const refused = diagnostics.filter(({ severity }) => severity === 'error').map(({ cluster }) => cluster);
      expect(refused).toEqual(expect.arrayContaining([...failed]));
      expect((await diffClusters(asked)).plans).toEqual([]);
    }
    expect(server.git(name, 'for-each-ref')).toBe('');
    rmSync(root, { recursive: true });
  });
});
