import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { compile } from '@fluxwright/compiler';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { formatOutcome } from '../src/format-outcome.ts';
import { type PublishOptions, type PublishResult, publishClusters } from '../src/publish-clusters.ts';
import { type GitServer, startGitServer } from './git-server.ts';
import { environment } from './publish-once.ts';

const sample = resolve(import.meta.dirname, '../../testing/fixtures/workspace');
let server: GitServer;
let root: string;
beforeAll(async () => {
  server = await startGitServer();
  const url = server.create('fleet');
  root = mkdtempSync(join(tmpdir(), 'fluxwright-migrate-'));
  cpSync(sample, root, { recursive: true });
  const defaults = join(root, 'clusters/defaults.yaml');
  writeFileSync(defaults, readFileSync(defaults, 'utf8').replace(/url: [^,}\s]+/, `url: ${url}`));
  writeFileSync(join(root, 'components/web/install/claim.yaml'), claimText);
});
afterAll(async () => {
  await server.close();
  rmSync(root, { recursive: true, force: true });
});

const claimText =
  'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: pictures}\nspec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}\n';
const claimFile = 'components/web/install/persistentvolumeclaim-pictures.yaml';

const git = (...args: readonly string[]): string => server.git('fleet', ...args).trim();

/** Builds as a fresh clone does: what lay in generated/ before is not there. */
async function build(): Promise<void> {
  rmSync(join(root, 'generated'), { recursive: true, force: true });
  const { diagnostics } = await compile({ root });
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
}

function publish(options: Partial<PublishOptions> = {}): Promise<PublishResult> {
  return publishClusters({ root, mode: 'push', environment, idleSeconds: 20, ...options });
}

const errors = ({ diagnostics }: PublishResult): readonly string[] =>
  diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code);

it('a change that would lose data goes out in two commits, the first of which only marks', async () => {
  await build();
  expect((await publish()).outcomes).toMatchObject([{ status: 'published' }]);
  const before = git('rev-parse', 'main');

  rmSync(join(root, 'components/web/install/claim.yaml'));
  await build();
  const refused = await publish();
  expect(errors(refused)).toEqual(['change/data-loss']);
  expect(refused.diagnostics[0]?.help).toContain('fluxwright publish one --migrate');
  expect([...refused.sources.keys()]).toContain(`main:clusters/one/${claimFile}`);
  expect(git('rev-parse', 'main')).toBe(before);

  const held = await publish({ migrate: true });
  expect(held.outcomes).toMatchObject([{ status: 'published', step: 'hold', written: 2, removed: 0, diagnostics: [] }]);
  expect(held.outcomes.map(formatOutcome).join('')).toMatch(
    /^one: held what its change would lose, main at [0-9a-f]{10}; wait until Flux has applied that, then build and publish\n$/,
  );
  expect(git('rev-parse', 'main^')).toBe(before);
  expect(git('diff', '--name-only', 'main^', 'main').split('\n')).toEqual([
    'clusters/one/.fluxwright.json',
    `clusters/one/${claimFile}`,
  ]);
  expect(git('diff', 'main^', 'main', '--', `clusters/one/${claimFile}`)).toMatch(
    /^\+ {4}kustomize.toolkit.fluxcd.io\/prune: disabled$/m,
  );
  expect(git('log', '-1', '--format=%(trailers:key=Fluxwright-Step,valueonly)', 'main')).toBe('hold');

  // Run again it does not go on by itself: Flux may not have seen the marks yet.
  const again = await publish({ migrate: true });
  expect(again.outcomes).toMatchObject([{ status: 'unchanged', step: 'hold', commit: held.outcomes[0]?.commit }]);
  expect(again.outcomes.map(formatOutcome).join('')).toContain('publish without --migrate once Flux has applied that');

  expect((await publish()).outcomes).toMatchObject([{ status: 'published', removed: 1, diagnostics: [] }]);
  expect(() => git('cat-file', '-e', `main:clusters/one/${claimFile}`)).toThrow();
  expect((await publish()).outcomes).toMatchObject([{ status: 'unchanged' }]);
});

it('a change is built and published over the tree that lies in generated/, once its marks are published', async () => {
  const volume = join(root, 'components/web/install/claim.yaml');
  writeFileSync(volume, claimText);
  await build();
  await publish();
  rmSync(volume);
  const builds = async () =>
    (await compile({ root })).diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code);
  expect(await builds()).toEqual(['change/data-loss']);
  expect((await publish({ migrate: true })).outcomes).toMatchObject([
    { status: 'published', step: 'hold', diagnostics: [] },
  ]);
  expect(readFileSync(join(root, 'generated/one', claimFile), 'utf8')).toContain('prune: disabled');
  expect(await builds()).toEqual([]);
  expect((await publish()).outcomes).toMatchObject([{ status: 'published', removed: 1, diagnostics: [] }]);
});

it('what no mark can save is refused in both ways, and the branch stays', async () => {
  const set = (service: string): void =>
    writeFileSync(
      join(root, 'components/web/install/set.yaml'),
      `apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: db}\nspec: {serviceName: ${service}, selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: db, image: "example.com/db:1"}]}}}\n`,
    );
  set('a');
  await build();
  expect((await publish()).outcomes).toMatchObject([{ status: 'published' }]);
  const before = git('rev-parse', 'main');
  set('b');
  await build();
  expect(errors(await publish())).toEqual(['change/immutable-field']);
  expect(errors(await publish({ migrate: true }))).toEqual(['change/immutable-field']);
  expect(git('rev-parse', 'main')).toBe(before);
});
