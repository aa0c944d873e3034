import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { failureKind, type GitFailureKind } from '../src/git/failure-kind.ts';
import { openRemote, type RemoteSession } from '../src/git/remote-session.ts';
import { isGitFailure } from '../src/git/run-git.ts';
import { type Fault, type GitServer, startGitServer } from './git-server.ts';
import { environment } from './publish-once.ts';

let server: GitServer;
beforeAll(async () => {
  server = await startGitServer();
});
afterAll(() => server.close());

/** A session with a repository of its own on the server, which has one commit in `main`. */
function open(name: string, ...options: readonly string[]): RemoteSession {
  const url = server.create(name, ...options);
  server.seed(name, 'main', { 'a.txt': 'x\n' });
  return openRemote(url, { environment });
}

async function kindOf(work: Promise<unknown>): Promise<GitFailureKind> {
  const error = await work.then(
    () => undefined,
    (failure: unknown) => failure,
  );
  if (!isGitFailure(error)) throw new Error(`no failure of git: ${String(error)}`);
  return error.kind;
}

const absent = 'a'.repeat(40);
const lookup = ['ls-remote', 'origin'] as const;

describe('git that fails says', () => {
  it.each<[GitFailureKind, Fault]>([
    ['unauthorized', { do: 'answer', status: 401 }],
    ['forbidden', { do: 'answer', status: 403 }],
    ['no-such-repository', { do: 'answer', status: 404 }],
    ['repository-moved', { do: 'answer', status: 301 }],
    ['server-failed', { do: 'answer', status: 429 }],
    ['server-failed', { do: 'answer', status: 502 }],
    ['server-failed', { do: 'cut', bytes: 20 }],
  ])('%s for %o', async (kind, fault) => {
    const session = open(`${kind}-${Object.values(fault).join('-')}`);
    server.fault = () => fault;
    expect(await kindOf(session.git(lookup))).toBe(kind);
    server.fault = () => undefined;
    session.close();
  });

  it('no-such-branch, object-not-offered and unknown', async () => {
    const session = open('absent');
    expect(await kindOf(session.git(['fetch', 'origin', 'refs/heads/nowhere']))).toBe('no-such-branch');
    for (const version of ['0', '2'])
      expect(await kindOf(session.git(['-c', `protocol.version=${version}`, 'fetch', 'origin', absent]))).toBe(
        'object-not-offered',
      );
    expect(await kindOf(session.git(['rev-parse', '--verify', 'nothing']))).toBe('unknown');
    session.close();
  });

  it('other-hash, to a fetch of a branch and to a push into nothing', async () => {
    const fetching = open('newer', '--object-format=sha256');
    expect(await kindOf(fetching.git(['fetch', 'origin', 'main']))).toBe('other-hash');
    fetching.close();
    const url = server.create('newer-and-empty', '--object-format=sha256');
    const pushing = open('older');
    const tip = (await pushing.fetch(['main'])).get('main') ?? '';
    expect(await kindOf(pushing.git(['push', '--porcelain', url, `${tip}:refs/heads/main`]))).toBe('other-hash');
    pushing.close();
  });

  it('branch-moved, push-refused and branch-protected, to a push', async () => {
    const session = open('pushes');
    const tip = (await session.fetch(['main'])).get('main') ?? '';
    expect(await kindOf(session.push({ branch: 'other', commit: tip, expected: absent }))).toBe('branch-moved');
    server.hook('pushes', 'pre-receive', 'echo "too large" >&2; exit 1');
    expect(await kindOf(session.push({ branch: 'other', commit: tip }))).toBe('push-refused');
    server.hook('pushes', 'pre-receive', 'echo "Gitea: Not allowed to push to protected branch main" >&2; exit 1');
    expect(await kindOf(session.push({ branch: 'other', commit: tip }))).toBe('branch-protected');
    session.close();
  });

  it('machine, where it cannot sign', async () => {
    const url = server.create('signed');
    server.seed('signed', 'main', { 'a.txt': 'x\n' });
    // A home of GnuPG without a key.
    const session = openRemote(url, { environment: { ...environment, GNUPGHOME: server.root } });
    const tip = (await session.fetch(['main'])).get('main') ?? '';
    const identity = ['-c', 'user.name=A', '-c', 'user.email=a@b.c'];
    expect(await kindOf(session.git([...identity, 'commit-tree', '-S', `${tip}^{tree}`], 'x'))).toBe('machine');
    session.close();
  });

  it('unreachable, where nobody listens', async () => {
    const gone = await startGitServer();
    const url = gone.create('gone');
    await gone.close();
    const session = openRemote(url, { environment });
    expect(await kindOf(session.git(lookup))).toBe('unreachable');
    session.close();
  });
});

/** Words of git 2.39 and of what it runs (`LC_ALL=C`), where the cause cannot be made here. */
const texts: readonly (readonly [GitFailureKind, string])[] = [
  ['machine', 'fatal: write error: No space left on device\nfatal: index-pack failed'],
  ['machine', 'error: unable to create temporary file: Read-only file system'],
  [
    'unknown-host-key',
    'Host key verification failed.\r\nfatal: Could not read from remote repository.\n\nPlease make sure you have the correct access rights\nand the repository exists.',
  ],
  ['unauthorized', 'git@example.com: Permission denied (publickey).\r\nfatal: Could not read from remote repository.'],
  ['unauthorized', "fatal: could not read Username for 'https://example.com': terminal prompts disabled"],
  [
    'repository-moved',
    'fatal: unable to update url base from redirection:\n  asked for: https://a\n   redirect: https://b',
  ],
  ['unreachable', "fatal: unable to access 'https://a/': Could not resolve host: a"],
  [
    'unreachable',
    "fatal: unable to access 'https://a/': server certificate verification failed. CAfile: none CRLfile: none",
  ],
  [
    'unreachable',
    "fatal: unable to access 'https://a/': Operation too slow. Less than 1 bytes/sec transferred the last 60 seconds",
  ],
  ['server-failed', 'fatal: early EOF\nfatal: fetch-pack: invalid index-pack output'],
  // Only the lines of git itself are believed.
  ['unknown', 'remote: fatal: Authentication failed'],
];

/** What the server answers to a push, and what its hooks print. */
const rejections: readonly (readonly [GitFailureKind, string, string])[] = [
  ['server-failed', 'unpacker error', 'remote: fatal: write error: No space left on device'],
  ['branch-moved', "cannot lock ref 'refs/heads/main': is at 1 but expected 2", ''],
  ['branch-moved', 'fetch first', ''],
];

describe('words of git', () => {
  it.each(texts)('mean %s: %s', (kind, stderr) => {
    expect(failureKind({ stdout: '', stderr, timedOut: false })).toBe(kind);
  });
  it.each(rejections)('of a push that was turned away mean %s: %s', (kind, reason, stderr) => {
    const stdout = `To https://a\n!\tx:refs/heads/main\t[remote rejected] (${reason})\nDone\n`;
    expect(failureKind({ stdout, stderr, timedOut: false })).toBe(kind);
  });
  it('are none where it was ended', () => {
    expect(failureKind({ stdout: '', stderr: '', timedOut: true })).toBe('silent');
  });
});
