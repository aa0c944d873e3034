import { describe, expect, it } from 'vitest';
import { checkOverlaps, checkTarget, wrongBranch, wrongPath, wrongSegment, wrongUrl } from './check-target.ts';

describe('a URL', () => {
  it.each([
    'https://git.example.com/platform/fleet.git',
    'http://gitea-http.gitea.svc:3000/platform/fleet.git',
    'https://[::1]:3000/platform/fleet.git',
    'ssh://git@git.example.com:2222/platform/fleet.git',
    'https://git.example.com/git/platform/my..fleet.git',
  ])('%s is good', (url) => expect(wrongUrl(url)).toBeUndefined());

  it.each([
    'ext::sh -c touch% /tmp/pwned',
    'ext::sh',
    'file:///etc/passwd',
    '/srv/git/fleet.git',
    'git@git.example.com:platform/fleet.git',
    'git://git.example.com/fleet.git',
    '--upload-pack=touch /tmp/pwned',
    'https://-oProxyCommand=evil/fleet.git',
    'ssh://-oProxyCommand=evil/fleet.git',
    'ssh://-oProxyCommand=evil@host/fleet.git',
    'ssh://git@host/-fleet.git',
    'https://user:secret@git.example.com/fleet.git',
    'https://token@git.example.com/fleet.git',
    'https://git.example.com/a/../b.git',
    'https://git.example.com/a/%2e%2e/b.git',
    'https://git.example.com/fleet.git?x=1',
    'https://git.example.com/fleet.git#x',
    'https://git.example.com/fleet.git\n--upload-pack=x',
    'https://git.exam ple.com/fleet.git',
    'https://',
    '',
  ])('%j is refused', (url) => expect(wrongUrl(url)).toBeDefined());
});

describe('a branch', () => {
  it.each(['main', 'clusters/fsn1', 'release-1.2', 'grün'])('%s is good', (name) =>
    expect(wrongBranch(name)).toBeUndefined(),
  );
  it.each([
    '',
    '@',
    'HEAD',
    '-f',
    '--force',
    '+main',
    'a..b',
    'a b',
    'a~1',
    'a^',
    'a:b',
    'a?',
    'a*',
    'a[b',
    'a\\b',
    'a/',
    '/a',
    'a//b',
    '.a',
    'a/.b',
    'a.lock',
    'a.lock/b',
    'a.',
    'a@{1}',
    'refs/heads/main',
    'a\nb',
    'a/-b',
  ])('%j is refused', (name) => {
    // A plus sign means force in a refspec, but is allowed in a name: it only ever stands after `refs/heads/`.
    if (name === '+main') expect(wrongBranch(name)).toBeUndefined();
    else expect(wrongBranch(name)).toBeDefined();
  });
});

describe('a folder', () => {
  it.each(['clusters/one', 'a b', 'a.git', 'git', '.github'])('%s is good', (path) =>
    expect(wrongPath(path)).toBeUndefined(),
  );
  it.each([
    '',
    '-x',
    '/abs',
    'a/../b',
    '..',
    './a',
    'a//b',
    'a/',
    '.git',
    'a/.git/hooks',
    '.GIT',
    '.git ',
    '.git.',
    '.gi\u200ct',
    'git~1',
    'GIT~1/x',
    '.git:stream',
    'a\\b',
    'a\0b',
  ])('%j is refused', (path) => expect(wrongPath(path)).toBeDefined());
});

it('a name of git in the middle of another is none', () => {
  expect(wrongSegment('.gitignore')).toBeUndefined();
  expect(wrongSegment('x.git')).toBeUndefined();
});

it('every field has a finding of its own, and none shows a secret', () => {
  const found = checkTarget('one', { url: 'https://user:hunter2secret@h/x.git', branch: '-x', path: '..' });
  expect(found.map(({ code }) => code)).toEqual(Array(3).fill('publish/invalid-target'));
  expect(JSON.stringify(found)).not.toContain('hunter2secret');
});

it('folders that meet are refused for both clusters, with the line of each', () => {
  const at = (cluster: string, path: string) => ({
    cluster,
    path,
    url: 'https://git.example.com/platform/fleet.git',
    branch: 'main',
    span: { file: `clusters/${cluster}/cluster.yaml` },
    failover: 'failover',
  });
  const found = checkOverlaps([at('a', 'x'), at('b', 'x'), at('c', 'x/y'), at('d', 'z')]);
  const messages = [...found].map(([cluster, all]) => [
    cluster,
    all.map(({ message }) => message.split(' is refused: ')[1]),
  ]);
  expect(Object.fromEntries(messages)).toEqual({
    a: ['x is the folder of cluster b, in one branch', 'x is around the folder of cluster c, in one branch'],
    b: ['x is the folder of cluster a, in one branch'],
    c: ['x/y lies in the folder of cluster a, in one branch'],
  });
  expect(found.get('c')?.[0]).toMatchObject({
    primary: { file: 'clusters/c/cluster.yaml' },
    labels: [{ span: { file: 'clusters/a/cluster.yaml' } }],
  });
});

it('the help for a folder says which ones are allowed', () => {
  const [finding] = checkTarget('one', { url: 'https://git.example.com/a/b.git', branch: 'main', path: './x' });
  expect(finding?.help).toContain('letters, digits, ".", "_" and "-"');
});
