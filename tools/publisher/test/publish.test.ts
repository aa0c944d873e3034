import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GitServer, startGitServer } from './git-server.ts';
import { codes, environment, publishOnce } from './publish-once.ts';

let server: GitServer;
beforeAll(async () => {
  server = await startGitServer();
});
afterAll(() => server.close());

/** Files below a folder of a branch, with their contents. */
function contents(name: string, folder: string, branch = 'main'): Record<string, string> {
  const paths = server
    .git(name, 'ls-tree', '-r', '-z', '--name-only', branch, '--', folder)
    .split('\0')
    .filter(Boolean);
  return Object.fromEntries(paths.map((path) => [path, server.git(name, 'cat-file', 'blob', `${branch}:${path}`)]));
}

function seed(name: string, files: Readonly<Record<string, string>>): void {
  server.seed(name, 'main', files);
}

const commits = (name: string, branch = 'main'): number => Number(server.git(name, 'rev-list', '--count', branch));

describe('a publish', () => {
  it('makes the first commit of an empty repository, and then nothing', async () => {
    const url = server.create('empty');
    const files = { 'a.yaml': 'a: 1\n', 'b/c.yaml': 'c: 2\n' };
    expect(await publishOnce(url, files)).toMatchObject({ status: 'published', written: 3, removed: 0 });
    const again = await publishOnce(url, files);
    expect(again).toMatchObject({ status: 'unchanged', written: 0 });
    expect(again.commit).toBe(server.git('empty', 'rev-parse', 'main').trim());
    expect(commits('empty')).toBe(1);
    expect(contents('empty', 'clusters/one')).toMatchObject({
      'clusters/one/a.yaml': 'a: 1\n',
      'clusters/one/b/c.yaml': 'c: 2\n',
    });
  });

  it('makes the same git tree whenever and wherever it is made', async () => {
    const files = { 'a.yaml': 'a: 1\n', 'z.yaml': 'z: 1\n' };
    for (const name of ['same-1', 'same-2']) await publishOnce(server.create(name), files);
    expect(server.git('same-1', 'rev-parse', 'main^{tree}')).toBe(server.git('same-2', 'rev-parse', 'main^{tree}'));
  });

  it('removes orphans in its folder and touches nothing else', async () => {
    const url = server.create('orphans');
    seed('orphans', { 'README.md': 'Hello\n', 'clusters/two/x.yaml': 'x: 1\n', 'clusters/one.yaml': 'near\n' });
    await publishOnce(url, { 'a.yaml': 'a: 1\n', 'old/b.yaml': 'b: 1\n' });
    const outcome = await publishOnce(url, { 'a.yaml': 'a: 2\n' });
    expect(outcome).toMatchObject({ status: 'published', written: 2, removed: 1 });
    expect(Object.keys(contents('orphans', '.'))).toEqual([
      'README.md',
      'clusters/one.yaml',
      'clusters/one/.fluxwright.json',
      'clusters/one/a.yaml',
      'clusters/two/x.yaml',
    ]);
  });

  it('says in the commit what it was made from', async () => {
    const url = server.create('trailers');
    await publishOnce(url, { 'a.yaml': 'a: 1\n' }, { source: 'abc123-dirty' });
    const message = server.git('trailers', 'log', '-1', '--format=%s%n%(trailers:only)', 'main');
    expect(message).toMatch(
      /^Publish one\nFluxwright-Cluster: one\nFluxwright-Source: abc123-dirty\nFluxwright-Input: sha256:[0-9a-f]{64}\nFluxwright-Content: sha256:[0-9a-f]{64}\nFluxwright-Compiler: 0.1.0\n/,
    );
  });

  it('takes author and committer from the settings of git', async () => {
    const url = server.create('author');
    const own = { ...environment, GIT_AUTHOR_NAME: 'Ada', GIT_AUTHOR_EMAIL: 'ada@example.com' };
    await publishOnce(url, { 'a.yaml': 'a: 1\n' }, { connect: { environment: own } });
    expect(server.git('author', 'log', '-1', '--format=%an <%ae>', 'main')).toBe('Ada <ada@example.com>\n');
  });

  it('signs commits where the settings of git ask for it', async () => {
    const url = server.create('signed');
    const folder = mkdtempSync(join(tmpdir(), 'fluxwright-key-'));
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, 'key')]);
    const config = join(folder, 'config');
    writeFileSync(
      config,
      `[user]\n\tname = A\n\temail = a@example.com\n\tsigningKey = ${join(folder, 'key')}\n[gpg]\n\tformat = ssh\n[commit]\n\tgpgSign = true\n`,
    );
    const signing = { ...environment, GIT_CONFIG_GLOBAL: config };
    await publishOnce(url, { 'a.yaml': 'a: 1\n' }, { connect: { environment: signing } });
    expect(server.git('signed', 'cat-file', 'commit', 'main')).toContain('\ngpgsig -----BEGIN SSH SIGNATURE-----\n');
    rmSync(folder, { recursive: true });
  });

  it('fetches no contents of 10,000 other files', async () => {
    const url = server.create('large');
    const other = Array.from({ length: 10_000 }, (_, index) => [
      `other/${index % 100}/${index}.txt`,
      randomBytes(300).toString('base64'),
    ]);
    seed('large', Object.fromEntries(other));
    await publishOnce(url, { 'a.yaml': 'a: 1\n' });
    const before = server.sent();
    expect(await publishOnce(url, { 'a.yaml': 'a: 2\n' })).toMatchObject({ status: 'published', written: 2 });
    // The contents are 3 MB, the names and ids of the files some 350 kB.
    expect(server.sent() - before).toBeLessThan(600_000);
    expect(server.sent() - before).toBeGreaterThan(1_000);
    expect(server.git('large', 'ls-tree', '-r', '--name-only', 'main').trim().split('\n').length).toBe(10_002);
    server.git('large', 'fsck', '--strict');
  });

  it('keeps names with spaces, Unicode, quotes and leading dashes, and CR LF in contents', async () => {
    const url = server.create('names');
    seed('names', { '.gitattributes': '* text eol=crlf\n*.yaml filter=broken\n' });
    const files = {
      '-rf': 'dash\n',
      'a b/c "d".yaml': 'quoted\r\n',
      'grüße/日本語.yaml': 'ü\n',
      "it's.yaml": 'x\n',
      'no newline': 'x',
      'empty.yaml': '',
    };
    const config = join(mkdtempSync(join(tmpdir(), 'fluxwright-config-')), 'config');
    writeFileSync(
      config,
      '[core]\n\tautocrlf = true\n\teol = crlf\n\tsafecrlf = true\n[user]\n\temail = a@example.com\n\tname = A\n',
    );
    const crlf = { ...environment, GIT_CONFIG_GLOBAL: config };
    expect(await publishOnce(url, files, { connect: { environment: crlf } })).toMatchObject({ status: 'published' });
    expect(await publishOnce(url, files)).toMatchObject({ status: 'unchanged' });
    const stored = contents('names', 'clusters/one');
    for (const [path, text] of Object.entries(files)) expect(stored[`clusters/one/${path}`]).toBe(text);
  });

  it('works with a repository of SHA-256, an empty one and the next time', async () => {
    const url = server.create('newer', '--object-format=sha256');
    for (const text of ['1', '2'])
      expect(await publishOnce(url, { 'a.yaml': `a: ${text}\n` })).toMatchObject({
        status: 'published',
        diagnostics: [],
      });
    expect((await publishOnce(url, { 'a.yaml': 'a: 2\n' })).status).toBe('unchanged');
    expect(server.git('newer', 'rev-parse', 'main').trim()).toHaveLength(64);
    server.git('newer', 'fsck', '--strict');
  });

  it('works where the server knows no partial clones', async () => {
    const plain = await startGitServer({ filter: false });
    const url = plain.create('plain');
    await publishOnce(url, { 'a.yaml': 'a: 1\n' });
    expect(await publishOnce(url, { 'a.yaml': 'a: 2\n' })).toMatchObject({ status: 'published' });
    await plain.close();
  });
});

describe('refuses, and leaves the branch as it is,', () => {
  it('a wrong token', async () => {
    const url = server.create('token');
    const wrong = { ...process.env, FLUXWRIGHT_GIT_TOKEN: 'wrong' };
    const outcome = await publishOnce(url, { 'a.yaml': 'a: 1\n' }, { connect: { environment: wrong } });
    expect(codes(outcome)).toEqual(['publish/unauthorized']);
    const none = { PATH: process.env.PATH, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
    const without = await publishOnce(url, { 'a.yaml': 'a: 1\n' }, { connect: { environment: none } });
    expect(codes(without)).toEqual(['publish/unauthorized']);
    expect(without.diagnostics[0]?.help).toContain('set FLUXWRIGHT_GIT_TOKEN');
  });

  it('a token that is for another host', async () => {
    const url = server.create('host');
    const other = { ...environment, FLUXWRIGHT_GIT_HOST: 'git.example.com', GIT_CONFIG_GLOBAL: '/dev/null' };
    const outcome = await publishOnce(url, { 'a.yaml': 'a: 1\n' }, { connect: { environment: other } });
    expect(codes(outcome)).toEqual(['publish/unauthorized']);
  });

  it('a repository that does not exist', async () => {
    const outcome = await publishOnce(`${server.url}/nowhere.git`, { 'a.yaml': 'a: 1\n' });
    expect(codes(outcome)).toEqual(['publish/missing-repository']);
  });

  it('a branch that does not exist, unless asked to make it', async () => {
    const url = server.create('branch');
    seed('branch', { 'README.md': 'x\n' });
    const outcome = await publishOnce(url, { 'a.yaml': 'a: 1\n' }, { branch: 'mian' });
    expect(codes(outcome)).toEqual(['publish/missing-branch']);
    expect(outcome.diagnostics[0]?.help).toBe('did you mean "main"?');
    const made = await publishOnce(url, { 'a.yaml': 'a: 1\n' }, { branch: 'clusters', createBranch: true });
    expect(made.status).toBe('published');
    expect(Object.keys(contents('branch', '.', 'clusters'))).toEqual([
      'clusters/one/.fluxwright.json',
      'clusters/one/a.yaml',
    ]);
  });

  it('a folder that is not of Fluxwright, unless told to adopt it', async () => {
    const url = server.create('foreign');
    seed('foreign', { 'clusters/one/hand-made.yaml': 'x\n' });
    expect(codes(await publishOnce(url, { 'a.yaml': 'a: 1\n' }))).toEqual(['publish/foreign-folder']);
    expect(commits('foreign')).toBe(1);
    const adopted = await publishOnce(url, { 'a.yaml': 'a: 1\n' }, { adopt: true });
    expect(adopted).toMatchObject({ status: 'published', removed: 1 });
  });

  it('a file in the place of the folder or above it', async () => {
    const url = server.create('in-the-way');
    seed('in-the-way', { clusters: 'a file\n', 'deep/one': 'a file\n' });
    for (const path of ['clusters/one', 'deep/one']) {
      expect(codes(await publishOnce(url, { 'a.yaml': 'a: 1\n' }, { path, adopt: true }))).toEqual([
        'publish/foreign-folder',
      ]);
    }
    expect(commits('in-the-way')).toBe(1);
  });

  it('what a hook of the server refuses, with its words', async () => {
    const url = server.create('hook');
    server.hook('hook', 'pre-receive', 'echo "sign your commits" >&2; exit 1');
    const outcome = await publishOnce(url, { 'a.yaml': 'a: 1\n' });
    expect(codes(outcome)).toEqual(['publish/refused']);
    expect(outcome.diagnostics[0]?.note).toBe('pre-receive hook declined; the server says: sign your commits');
    expect(server.git('hook', 'for-each-ref')).toBe('');
  });
});

describe('a branch that moves', () => {
  it('between plan and publish stops it only where the folder of the cluster changed', async () => {
    const url = server.create('plan');
    await publishOnce(url, { 'a.yaml': 'a: 1\n' });
    const folder = server.git('plan', 'rev-parse', 'main:clusters/one').trim();
    seed('plan', { 'other.txt': 'x\n' });
    const expected = { folder };
    expect(await publishOnce(url, { 'a.yaml': 'a: 2\n' }, { expected })).toMatchObject({ status: 'published' });
    expect(codes(await publishOnce(url, { 'a.yaml': 'a: 3\n' }, { expected }))).toEqual(['publish/moved']);
    expect(contents('plan', 'clusters/one')['clusters/one/a.yaml']).toBe('a: 2\n');
  });

  it('between look and push is looked at again: other files are kept', async () => {
    const url = server.create('race');
    await publishOnce(url, { 'a.yaml': 'a: 1\n' });
    let raced = 0;
    server.fault = ({ method, url: asked }) => {
      if (method === 'POST' && asked.startsWith('/race.git/git-receive-pack') && raced < 3) {
        raced += 1;
        seed('race', { [`other-${raced}.txt`]: 'x\n' });
      }
      return undefined;
    };
    const outcome = await publishOnce(url, { 'a.yaml': 'a: 2\n' });
    server.fault = () => undefined;
    expect(outcome.status).toBe('published');
    expect(Object.keys(contents('race', '.'))).toEqual([
      'clusters/one/.fluxwright.json',
      'clusters/one/a.yaml',
      'other-1.txt',
      'other-2.txt',
      'other-3.txt',
    ]);
  });

  it('between look and push stops it where somebody else published the cluster', async () => {
    const url = server.create('race-own');
    await publishOnce(url, { 'a.yaml': 'a: 1\n' });
    let raced = false;
    server.fault = ({ method, url: asked }) => {
      if (method === 'POST' && asked.startsWith('/race-own.git/git-receive-pack') && !raced) {
        raced = true;
        seed('race-own', { 'clusters/one/a.yaml': 'a: other\n' });
      }
      return undefined;
    };
    const outcome = await publishOnce(url, { 'a.yaml': 'a: 2\n' });
    server.fault = () => undefined;
    expect(codes(outcome)).toEqual(['publish/moved']);
    expect(contents('race-own', 'clusters/one')['clusters/one/a.yaml']).toBe('a: other\n');
  });

  it.each([1, 2, 3])('comes into being at look %i, and is published to', async (moment) => {
    const name = `born-${moment}`;
    const url = server.create(name);
    let looks = 0;
    server.fault = ({ method, url: asked }) => {
      if (method === 'POST' && asked.startsWith(`/${name}.git/git-upload-pack`)) {
        looks += 1;
        if (looks === moment) seed(name, { 'other.txt': 'o\n' });
      }
      return undefined;
    };
    const outcome = await publishOnce(url, { 'a.yaml': 'a: 1\n' });
    server.fault = () => undefined;
    expect(outcome.status).toBe('published');
    expect(Object.keys(contents(name, '.'))).toContain('other.txt');
  });

  it('and is deleted between look and push is not made again, though another branch holds its tip', async () => {
    const url = server.create('deleted');
    await publishOnce(url, { 'a.yaml': 'a: 1\n' });
    server.git('deleted', 'branch', 'rest', 'main');
    server.fault = ({ method, url: asked }) => {
      if (method === 'GET' && asked.startsWith('/deleted.git/info/refs?service=git-receive-pack'))
        server.git('deleted', 'update-ref', '-d', 'refs/heads/main');
      return undefined;
    };
    const outcome = await publishOnce(url, { 'a.yaml': 'a: 2\n' });
    server.fault = () => undefined;
    expect(codes(outcome)).toEqual(['publish/missing-branch']);
    expect(server.git('deleted', 'for-each-ref', '--format=%(refname)')).toBe('refs/heads/rest\n');
  });

  it('under ten publishers at once loses none of them', async () => {
    const url = server.create('ten');
    const names = Array.from({ length: 10 }, (_, index) => `c${index}`);
    const outcomes = await Promise.all(
      names.map((cluster) => publishOnce(url, { 'a.yaml': `a: ${cluster}\n` }, { cluster })),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(names.map(() => 'published'));
    expect(commits('ten')).toBe(10);
    expect(Object.keys(contents('ten', '.')).length).toBe(20);
    server.git('ten', 'fsck', '--strict');
  });

  it('under five publishers of the same tree takes one commit', async () => {
    const url = server.create('five');
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => publishOnce(url, { 'a.yaml': 'a: 1\n' })));
    expect(outcomes.every(({ status }) => status !== 'failed')).toBe(true);
    expect(commits('five')).toBe(1);
  });
});
