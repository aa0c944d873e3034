import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openRemote } from '../src/git/remote-session.ts';
import { sourceRevision } from '../src/git/source-revision.ts';
import { type GitServer, startGitServer } from './git-server.ts';
import { environment } from './publish-once.ts';

let server: GitServer;
beforeAll(async () => {
  server = await startGitServer();
});
afterAll(() => server.close());

it('gets contents of commits it has, and of commits it has made itself', async () => {
  const url = server.create('contents');
  server.seed('contents', 'main', { 'a.txt': 'first\n', 'b.txt': 'other\n' });
  const session = openRemote(url, { environment });
  const old = (await session.fetch(['main'])).get('main') ?? '';
  server.seed('contents', 'main', { 'a.txt': 'second\n' });
  server.seed('contents', 'side', { 'c.txt': 'side\n' });
  const tips = await session.fetch(['main', 'side', 'nowhere']);
  expect([...tips.keys()]).toEqual(['main', 'side']);
  const tree = (await session.git(['rev-parse', `${tips.get('main')}^{tree}`])).trim();
  await session.git([
    'update-ref',
    'refs/heads/own',
    (await session.git(['commit-tree', '-p', old, '-m', 'x', tree])).trim(),
  ]);
  const ids = ['main~1:a.txt', 'main:a.txt', 'main:b.txt', 'side:c.txt'].map((name) =>
    server.git('contents', 'rev-parse', name).trim(),
  );
  const contents = await session.contents(ids);
  expect(ids.map((id) => contents.get(id)?.toString())).toEqual(['first\n', 'second\n', 'other\n', 'side\n']);
  session.close();
});

it('knows the revision of a workspace, of a dirty one and of a shallow one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fluxwright-revision-'));
  const git = (cwd: string, ...args: readonly string[]): string =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], { cwd, encoding: 'utf8' }).trim();
  const origin = join(folder, 'origin');
  git(folder, 'init', '--quiet', 'origin');
  expect(await sourceRevision(origin, process.env)).toBeUndefined();
  for (const text of ['1', '2']) {
    writeFileSync(join(origin, 'a'), text);
    git(origin, 'add', '.');
    git(origin, 'commit', '--quiet', '-m', text);
  }
  const head = git(origin, 'rev-parse', 'HEAD');
  expect(await sourceRevision(origin, process.env)).toBe(head);
  git(folder, 'clone', '--quiet', '--depth=1', `file://${origin}`, 'shallow');
  expect(await sourceRevision(join(folder, 'shallow'), process.env)).toBe(head);
  writeFileSync(join(folder, 'shallow/a'), 'changed');
  expect(await sourceRevision(join(folder, 'shallow'), process.env)).toBe(`${head}-dirty`);
  rmSync(folder, { recursive: true });
});
