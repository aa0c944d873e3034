import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openRemote } from '../src/git/remote-session.ts';
import { type GitServer, startGitServer, user } from './git-server.ts';
import { codes, environment, publishOnce } from './publish-once.ts';

let server: GitServer;
let cacheFolder: string;
beforeAll(async () => {
  server = await startGitServer();
});
beforeEach(() => {
  cacheFolder = mkdtempSync(join(tmpdir(), 'fluxwright-cache-'));
  return () => rmSync(cacheFolder, { recursive: true, force: true });
});
afterAll(() => server.close());

const publish = (url: string, text: string, cluster = 'one') =>
  publishOnce(url, { 'a.yaml': `a: ${text}\n` }, { cacheFolder, cluster });
const git = (name: string, ...args: readonly string[]): string => server.git(name, ...args).trim();
const kept = (): readonly string[] => readdirSync(cacheFolder);

describe('a scratch repository that is kept', () => {
  it('saves what the server has said before, and holds no token', async () => {
    const url = server.create('kept');
    await publish(url, '1');
    await publish(url, '2');
    const asked = server.log.length;
    expect((await publish(url, '3')).status).toBe('published');
    const paths = server.log.slice(asked).map(({ method, url: path }) => `${method} ${path.replace('/kept.git', '')}`);
    // Where the branch is, and the push. Each first asks without the token.
    expect([...new Set(paths)]).toEqual([
      'GET /info/refs?service=git-upload-pack',
      'POST /git-upload-pack',
      'GET /info/refs?service=git-receive-pack',
      'POST /git-receive-pack',
    ]);
    expect(paths.filter((path) => path.startsWith('POST'))).toHaveLength(2);
    expect(kept()).toHaveLength(1);
    const files = readdirSync(cacheFolder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
    for (const { parentPath, name } of files)
      expect(readFileSync(join(parentPath, name)).includes(user.token)).toBe(false);
  });

  it('says nothing for certain: others are asked after', async () => {
    const url = server.create('others');
    await publish(url, '1');
    server.seed('others', 'main', { 'clusters/one/a.yaml': 'a: else\n', 'other.txt': 'x\n' });
    expect((await publish(url, '1')).status).toBe('published');
    expect(git('others', 'rev-list', '--count', 'main')).toBe('3');
    expect(git('others', 'cat-file', 'blob', 'main:other.txt')).toBe('x');
    expect((await publish(url, '1')).status).toBe('unchanged');
  });

  it('makes no branch anew that somebody deleted', async () => {
    const url = server.create('deleted');
    await publish(url, '1');
    server.git('deleted', 'branch', 'rest', 'main');
    server.git('deleted', 'update-ref', '-d', 'refs/heads/main');
    expect(codes(await publish(url, '2'))).toEqual(['publish/missing-branch']);
    expect(codes(await publish(url, '1'))).toEqual(['publish/missing-branch']);
    expect(git('deleted', 'for-each-ref', '--format=%(refname)')).toBe('refs/heads/rest');
  });

  it('brings back no commit that somebody took away', async () => {
    const url = server.create('rewound');
    await publish(url, '1');
    await publish(url, '2');
    server.git('rewound', 'update-ref', 'refs/heads/main', 'main~1');
    expect((await publish(url, '3')).status).toBe('published');
    expect(git('rewound', 'rev-list', '--count', 'main')).toBe('2');
  });

  it('that is damaged is replaced', async () => {
    const url = server.create('damaged');
    await publish(url, '1');
    const [name = ''] = kept();
    const packs = join(cacheFolder, name, 'objects/pack');
    for (const file of readdirSync(packs)) {
      rmSync(join(packs, file));
      writeFileSync(join(packs, file), 'no pack');
    }
    expect((await publish(url, '2')).status).toBe('published');
    expect((await publish(url, '2')).status).toBe('unchanged');
    server.git('damaged', 'fsck', '--strict');
  });

  it('is not kept after a failure, nor used when it is old', async () => {
    const url = server.create('old');
    await publish(url, '1');
    server.fault = () => ({ do: 'answer', status: 500 });
    await publish(url, '2');
    server.fault = () => undefined;
    expect(kept()).toEqual([]);
    await publish(url, '2');
    const [name = ''] = kept();
    const head = join(cacheFolder, name, 'HEAD');
    const mark = join(cacheFolder, name, 'mark');
    writeFileSync(mark, '');
    utimesSync(head, new Date(0), new Date(0));
    expect((await publish(url, '2')).status).toBe('unchanged');
    expect(kept()).toEqual([name]);
    expect(existsSync(mark)).toBe(false);
  });

  it('serves one run at a time; another makes its own', async () => {
    const url = server.create('shared');
    await publish(url, '0');
    const names = Array.from({ length: 4 }, (_, index) => `c${index}`);
    const outcomes = await Promise.all(names.map((cluster) => publish(url, '1', cluster)));
    expect(outcomes.map(({ status }) => status)).toEqual(names.map(() => 'published'));
    expect(git('shared', 'rev-list', '--count', 'main')).toBe('5');
    expect(kept()).toHaveLength(1);
  });

  it('is done without where its place cannot be written', async () => {
    const url = server.create('no-place');
    const file = join(cacheFolder, 'file');
    writeFileSync(file, '');
    const outcome = await publishOnce(url, { 'a.yaml': 'a: 1\n' }, { cacheFolder: join(file, 'below') });
    expect(outcome.status).toBe('published');
  });
});

describe('a push', () => {
  const commit = async (session: ReturnType<typeof openRemote>, parent: string, message: string): Promise<string> =>
    (await session.git(['commit-tree', '-p', parent, '-m', message, `${parent}^{tree}`])).trim();

  it('on top of a commit of our own is refused where the branch is at the one before', async () => {
    const url = server.create('consecutive');
    server.seed('consecutive', 'main', { 'a.txt': 'x\n' });
    const identity = {
      GIT_AUTHOR_NAME: 'A',
      GIT_AUTHOR_EMAIL: 'a@b.c',
      GIT_COMMITTER_NAME: 'A',
      GIT_COMMITTER_EMAIL: 'a@b.c',
    };
    const session = openRemote(url, { environment: { ...environment, ...identity } });
    const first = (await session.fetch(['main'])).get('main') ?? '';
    const second = await commit(session, first, 'second');
    await session.push({ branch: 'main', commit: second, expected: first });
    const third = await commit(session, second, 'third');
    server.git('consecutive', 'update-ref', 'refs/heads/main', first);
    await expect(session.push({ branch: 'main', commit: third, expected: second })).rejects.toMatchObject({
      stdout: expect.stringContaining('[rejected]'),
    });
    expect(git('consecutive', 'rev-parse', 'main')).toBe(first);
    server.git('consecutive', 'update-ref', 'refs/heads/main', second);
    await session.push({ branch: 'main', commit: third, expected: second });
    expect(git('consecutive', 'rev-parse', 'main')).toBe(third);
    session.close();
  });
});
