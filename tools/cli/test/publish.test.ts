import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { user } from '../../publisher/test/git-server.ts';
import { type GitServerProcess, startGitServerProcess } from '../../publisher/test/git-server-process.ts';

const bin = join(import.meta.dirname, '../bin/fluxwright.js');
const folder = mkdtempSync(join(tmpdir(), 'fluxwright-cli-publish-'));
let server: GitServerProcess;
beforeAll(async () => {
  server = await startGitServerProcess(['fleet']);
  cpSync(join(import.meta.dirname, 'fixtures/workspace'), folder, { recursive: true });
  const defaults = join(folder, 'clusters/defaults.yaml');
  writeFileSync(defaults, readFileSync(defaults, 'utf8').replace(/url: [^,}\s]+/, `url: ${server.urls[0]}`));
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

function fluxwright(...args: readonly string[]) {
  const env = { PATH: process.env.PATH, FLUXWRIGHT_GIT_TOKEN: user.token };
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env,
  });
  return { code: status, stdout, stderr };
}

describe('diff and publish', () => {
  it('refuse what is not built', () => {
    const run = fluxwright('publish', 'one');
    expect(run).toMatchObject({ code: 1, stdout: '0 published, 0 unchanged, 1 failed\n' });
    expect(run.stderr).toContain('publish/unproved-tree');
    expect(run.stderr).toContain('it has not been built');
  });

  it('show the plan, publish it, and then find nothing to do', () => {
    expect(fluxwright('build', 'one').code).toBe(0);
    const plan = fluxwright('diff', 'one');
    expect(plan).toMatchObject({ code: 0, stderr: '' });
    expect(plan.stdout).toMatch(/^one: \d+ objects added\n/);
    expect(plan.stdout).toContain('+ ConfigMap app/app  components/app/install/configmap-app.yaml');
    const run = fluxwright('publish', 'one');
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toMatch(
      /^one: \d+ files written, 0 removed, main at [0-9a-f]{10}\n1 published, 0 unchanged, 0 failed\n$/,
    );
    expect(fluxwright('publish', 'one').stdout).toMatch(/^one: nothing to do, main at /);
    expect(fluxwright('diff', 'one').stdout).toMatch(/^one: nothing to do\n/);
  });

  it('publish the good clusters beside one with errors', () => {
    const run = fluxwright('publish');
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('one: nothing to do');
    expect(run.stdout).toContain('0 published, 1 unchanged, 1 failed');
    expect(run.stderr).toContain('resolve/unknown-component');
  });

  it('publish a plan only while it holds', () => {
    const values = join(folder, 'components/app/values.yaml');
    writeFileSync(values, readFileSync(values, 'utf8').replace('Hello', 'Moin'));
    fluxwright('build', 'one');
    const file = join(folder, 'plan.json');
    writeFileSync(file, fluxwright('diff', 'one', '--format=json').stdout);
    writeFileSync(values, readFileSync(values, 'utf8').replace('Moin', 'Servus'));
    fluxwright('build', 'one');
    const other = fluxwright('publish', 'one', '--plan', file, '--format=json');
    expect(other.code).toBe(1);
    expect(JSON.parse(other.stdout)).toMatchObject({
      clusters: [{ status: 'failed' }],
      diagnostics: [{ code: 'publish/moved' }],
    });
    writeFileSync(file, fluxwright('diff', 'one', '--format=json').stdout);
    expect(fluxwright('publish', 'one', '--plan', file).stdout).toContain('1 published');
  });

  it('say which component leaves the cluster, as build does, and once', () => {
    const manifest = join(folder, 'clusters/one/cluster.yaml');
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('[app]', '[base]'));
    const hint = 'hint[change/other-components]: component "app" leaves cluster "one": nothing asks for it any more\n';
    expect(fluxwright('build', 'one').stderr).toContain(hint);
    const run = fluxwright('publish', 'one');
    expect(run.stdout).toContain('1 published');
    expect(run.stderr).toContain(`${hint}  main:clusters/one/kustomizations/app.yaml:6:9\n`);
    expect(run.stderr).toMatch(/\^\^\^ its objects: \d+ deleted/);
    expect(run.stderr).toContain('to see each object: npx fluxwright diff one\n\n1 hint\n');
    expect(fluxwright('publish', 'one')).toMatchObject({ code: 0, stderr: '' });
  });

  it.each([
    { args: ['publish', '--plan=/nowhere'], said: 'The file cannot be read.' },
    { args: ['publish', '--mode=force'], said: 'Allowed choices are push, pull-request.' },
    { args: ['bootstrap-forge', '--user=x'], said: '--user and --token-file go together' },
    { args: ['diff', '--idle-seconds=soon'], said: 'Not a whole number.' },
  ])('say what is wrong with $args', ({ args, said }) => {
    const run = fluxwright(...args);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain(said);
  });
});
