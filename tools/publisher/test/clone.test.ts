import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { compile } from '@fluxwright/compiler';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type PublishResult, publishClusters } from '../src/publish-clusters.ts';
import { type GitServer, startGitServer } from './git-server.ts';
import { environment } from './publish-once.ts';

const sample = resolve(import.meta.dirname, '../../testing/fixtures/workspace');
let server: GitServer;
let place: string;
let origin: string;
beforeAll(async () => {
  server = await startGitServer();
  const url = server.create('fleet');
  place = mkdtempSync(join(tmpdir(), 'fluxwright-clone-'));
  origin = join(place, 'origin');
  cpSync(sample, origin, { recursive: true });
  const defaults = join(origin, 'clusters/defaults.yaml');
  writeFileSync(defaults, readFileSync(defaults, 'utf8').replace(/url: [^,}\s]+/, `url: ${url}`));
  // Sources keep their bytes; what is generated does not.
  writeFileSync(join(origin, '.gitattributes'), '* -text\ngenerated/** text\n');
  await compile({ root: origin });
  git('init', '--quiet', origin);
  for (const text of ['first', 'second']) {
    git('-C', origin, 'add', '--all');
    git('-C', origin, 'commit', '--quiet', '--allow-empty', '-m', text);
  }
});
afterAll(async () => {
  await server.close();
  rmSync(place, { recursive: true, force: true });
});

function git(...args: readonly string[]): string {
  const identity = ['-c', 'user.name=a', '-c', 'user.email=a@b.c'];
  return execFileSync('git', [...identity, ...args], { encoding: 'utf8' }).trim();
}

/** A clone of the last commit alone. */
function clone(name: string, ...options: readonly string[]): string {
  const root = join(place, name);
  git('clone', '--quiet', '--depth=1', ...options, `file://${origin}`, root);
  return root;
}

const publish = (root: string): Promise<PublishResult> =>
  publishClusters({ root, mode: 'push', environment, idleSeconds: 20 });
const source = (): string =>
  server.git('fleet', 'log', '-1', '--format=%(trailers:key=Fluxwright-Source,valueonly)', 'main').trim();

it('a clone into which git has put other line ends is not published, and says why', async () => {
  const root = clone('crlf', '--config=core.autocrlf=true');
  const { failed, diagnostics } = await publish(root);
  expect(failed).toEqual(['one']);
  expect(diagnostics.map(({ code }) => code)).toEqual(['publish/unproved-tree']);
  expect(diagnostics[0]?.message).toContain('in line ends only (git: core.autocrlf)');
  expect(server.git('fleet', 'for-each-ref')).toBe('');
});

it('a shallow clone is published, and a dirty one with a word in the commit', async () => {
  const root = clone('shallow');
  const head = git('-C', origin, 'rev-parse', 'HEAD');
  expect((await publish(root)).outcomes).toMatchObject([{ status: 'published', diagnostics: [] }]);
  expect(source()).toBe(head);
  writeFileSync(
    join(root, 'components/web/install/more.yaml'),
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: more}\ndata: {a: b}\n',
  );
  writeFileSync(join(root, 'not-added.txt'), 'x\n');
  await compile({ root });
  expect((await publish(root)).outcomes).toMatchObject([{ status: 'published', diagnostics: [] }]);
  expect(source()).toBe(`${head}-dirty`);
  expect(server.git('fleet', 'ls-tree', '-r', '--name-only', 'main')).not.toContain('not-added.txt');
});
