import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GitServer, startGitServer, user } from './git-server.ts';
import { environment, publishOnce } from './publish-once.ts';

let server: GitServer;
let place: string;
beforeAll(async () => {
  server = await startGitServer();
  place = mkdtempSync(join(tmpdir(), 'fluxwright-secrets-'));
});
afterAll(async () => {
  await server.close();
  rmSync(place, { recursive: true, force: true });
});

/**
 * A directory of programs that write down their arguments and what lies in the scratch repository, and then do what they
 * are named for: `git` for every call of ours, `sh` for the credential helper git starts.
 */
function spies(log: string): string {
  const folder = mkdtempSync(join(place, 'bin-'));
  for (const name of ['git', 'sh']) {
    const real = execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim();
    const script = `#!/bin/sh\nprintf '%s\\n' "${name} $*" >>${log}\nfind . -type f -newer ${folder} -size -64k -exec cat {} + >>${log} 2>/dev/null\nexec ${real} "$@"\n`;
    writeFileSync(join(folder, name), script);
    chmodSync(join(folder, name), 0o755);
  }
  return folder;
}

describe('a token', () => {
  it('is in no argument, no file and no outcome, and the server gets it', async () => {
    const url = server.create('token');
    const log = join(place, 'log');
    const PATH = `${spies(log)}${delimiter}${process.env.PATH}`;
    const before = { ...process.env };
    Object.assign(process.env, { PATH });
    try {
      const spied = { ...environment, PATH };
      const outcome = await publishOnce(url, { 'a.yaml': 'a: 1\n' }, { connect: { environment: spied } });
      expect(outcome.status).toBe('published');
      expect(JSON.stringify(outcome)).not.toContain(user.token);
    } finally {
      process.env.PATH = before.PATH;
    }
    const seen = readFileSync(log, 'utf8');
    expect(seen).toContain('git push --porcelain');
    expect(seen).toContain('FLUXWRIGHT_HELPER_TOKEN');
    expect(seen).not.toContain(user.token);
    expect(readFileSync(join(server.root, 'token.git/config'), 'utf8')).not.toContain(user.token);
  });

  it('is masked where a server says it back', async () => {
    const url = server.create('echo');
    server.hook('echo', 'pre-receive', `echo "got ${user.token}, a strange thing" >&2; exit 1`);
    const outcome = await publishOnce(url, { 'a.yaml': 'a: 1\n' });
    expect(outcome.diagnostics[0]?.note).toContain('got ***, a strange thing');
    expect(JSON.stringify(outcome)).not.toContain(user.token);
  });

  it('is not written down by tracing of git', async () => {
    const url = server.create('trace');
    const trace = join(place, 'trace');
    const loud = {
      ...environment,
      GIT_TRACE: trace,
      GIT_TRACE_CURL: trace,
      GIT_TRACE_REDACT: '0',
      GIT_TRACE2_EVENT: trace,
    };
    await publishOnce(url, { 'a.yaml': 'a: 1\n' }, { connect: { environment: loud } });
    expect(readdirSync(place)).not.toContain('trace');
  });

  it('comes from git’s own helper where the environment has none', async () => {
    const url = server.create('helper');
    const home = join(place, 'home');
    mkdirSync(home);
    writeFileSync(
      join(home, '.gitconfig'),
      `[credential]\n\thelper = "!f() { echo username=x; echo password=${user.token}; }; f"\n`,
    );
    const { FLUXWRIGHT_GIT_TOKEN: _, ...rest } = environment;
    const own = { ...rest, HOME: home, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: join(home, '.gitconfig') };
    expect((await publishOnce(url, { 'a.yaml': 'a: 1\n' }, { connect: { environment: own } })).status).toBe(
      'published',
    );
  });

  it('leaves nothing in the temporary folder', async () => {
    const url = server.create('clean');
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith(`fluxwright-publish-${process.pid}-`));
    await publishOnce(url, { 'a.yaml': 'a: 1\n' });
    const after = readdirSync(tmpdir()).filter((name) => name.startsWith(`fluxwright-publish-${process.pid}-`));
    expect(after).toEqual(before);
  });
});
