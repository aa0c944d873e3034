import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCertificate } from './certificate.ts';
import { type Fault, type GitServer, startGitServer } from './git-server.ts';
import { codes, environment, publishOnce } from './publish-once.ts';

let server: GitServer;
beforeAll(async () => {
  server = await startGitServer();
});
afterAll(() => server.close());

const requests = {
  look: (url: string) => url.includes('git-upload-pack'),
  'start of the push': (url: string) => url.includes('info/refs?service=git-receive-pack'),
  push: (url: string) => url.endsWith('/git-receive-pack'),
} as const;

const faults: Readonly<Record<string, Fault>> = {
  'an answer of 500': { do: 'answer', status: 500 },
  'an answer of 503': { do: 'answer', status: 503 },
  silence: { do: 'hang' },
  'an answer cut short': { do: 'cut', bytes: 20 },
  'a lost answer': { do: 'lose-answer' },
};

describe('a server that breaks', () => {
  const cases = Object.keys(requests).flatMap((when) => Object.keys(faults).map((how) => [when, how] as const));

  // What goes wrong, by repository: the cases wait for time limits side by side.
  const broken = new Map<string, (url: string) => Fault | undefined>();
  beforeAll(() => {
    server.fault = ({ url }) => broken.get(/^\/([^/]+)\.git/.exec(url)?.[1] ?? '')?.(url);
  });
  afterAll(() => {
    server.fault = () => undefined;
  });

  it.concurrent.each(cases)(
    'at the %s with %s leaves the old tree or the new one, and the next run converges',
    async (when, how) => {
      const name = `${when}-${how}`.replaceAll(' ', '-');
      const url = server.create(name);
      await publishOnce(url, { 'a.yaml': 'a: 1\n' });
      const old = server.git(name, 'rev-parse', 'main').trim();
      const isHit = requests[when as keyof typeof requests];
      // Always: no try of the same run may get through.
      broken.set(name, (asked) => (isHit(asked) ? faults[how] : undefined));
      const outcome = await publishOnce(url, { 'a.yaml': 'a: 2\n' }, { connect: { idleSeconds: 1 } });
      broken.delete(name);
      const now = server.git(name, 'rev-parse', 'main').trim();
      const landed = now !== old;
      // An answer lost after the push is found out by asking the branch.
      if (landed) expect(outcome).toMatchObject({ status: 'published', commit: now });
      else expect(codes(outcome)[0]).toMatch(/^publish\/(server-error|unreachable)$/);
      if (landed) expect(server.git(name, 'rev-parse', 'main~1').trim()).toBe(old);
      server.git(name, 'fsck', '--strict');
      expect((await publishOnce(url, { 'a.yaml': 'a: 2\n' })).status).toBe(landed ? 'unchanged' : 'published');
      expect(server.git(name, 'cat-file', 'blob', 'main:clusters/one/a.yaml')).toBe('a: 2\n');
    },
  );

  it('once is asked again', async () => {
    const url = server.create('once');
    let times = 0;
    broken.set('once', (asked) => {
      if (!asked.endsWith('/git-receive-pack') || times > 0) return undefined;
      times += 1;
      return { do: 'answer', status: 502 };
    });
    expect((await publishOnce(url, { 'a.yaml': 'a: 1\n' })).status).toBe('published');
    broken.delete('once');
    expect(times).toBe(1);
  });

  it('or is not there at all is told in one finding', async () => {
    const gone = await startGitServer();
    const url = gone.create('gone');
    await gone.close();
    expect(codes(await publishOnce(url, { 'a.yaml': 'a: 1\n' }))).toEqual(['publish/unreachable']);
  });
});

describe('TLS', () => {
  it('with a certificate of one’s own works with its CA, and only with it', async () => {
    const { folder, file, pair } = makeCertificate();
    const tls = await startGitServer({ tls: pair });
    const url = tls.create('tls');
    const without = await publishOnce(url, { 'a.yaml': 'a: 1\n' });
    expect(codes(without)).toEqual(['publish/unreachable']);
    expect(without.diagnostics[0]?.note).toMatch(/certificate/i);
    expect((await publishOnce(url, { 'a.yaml': 'a: 1\n' }, { connect: { caFile: file } })).status).toBe('published');
    await tls.close();
    rmSync(folder, { recursive: true });
  });
});

describe('a full disk', () => {
  const canMount = spawnSync('unshare', ['-rm', 'true']).status === 0;

  it.skipIf(!canMount)('of this machine is told, and the branch stays (skipped without user namespaces)', async () => {
    const url = server.create('disk');
    await publishOnce(url, { 'a.yaml': 'a: 1\n' });
    const old = server.git('disk', 'rev-parse', 'main');
    const place = mkdtempSync(join(tmpdir(), 'fluxwright-disk-'));
    const script = `mount -t tmpfs -o size=64k none ${place} && TMPDIR=${place} exec "$0" "$@"`;
    const child = join(import.meta.dirname, 'publish-in-child.ts');
    const tree = mkdtempSync(join(tmpdir(), 'fluxwright-tree-'));
    const run = await new Promise<string>((resolve) => {
      // The server lives in this process: it must not be blocked.
      import('node:child_process').then(({ execFile }) =>
        execFile(
          'unshare',
          ['-rm', 'sh', '-c', script, process.execPath, child, url, tree, 'large'],
          { env: environment },
          (_, stdout) => resolve(stdout),
        ),
      );
    });
    expect(JSON.parse(run)).toMatchObject({ status: 'failed', codes: ['publish/failed'] });
    expect(server.git('disk', 'rev-parse', 'main')).toBe(old);
    for (const folder of [place, tree]) rmSync(folder, { recursive: true, force: true });
  });
});
