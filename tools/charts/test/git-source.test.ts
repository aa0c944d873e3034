import { rmSync } from 'node:fs';
import { parseLock } from '@fluxwright/model';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { makeCertificate } from '../../publisher/test/certificate.ts';
import { type GitServer, startGitServer } from '../../publisher/test/git-server.ts';
import { type PullOptions, pullCharts } from '../src/pull-charts.ts';
import { updateCharts } from '../src/update-charts.ts';
import { verifyCharts } from '../src/verify-charts.ts';
import { type ChartWorkspace, makeChartWorkspace } from './chart-workspace.ts';

const certificate = makeCertificate();
let server: GitServer;
let workspace: ChartWorkspace;
beforeAll(async () => {
  server = await startGitServer({ tls: certificate.pair, authenticate: false });
});
afterAll(async () => {
  await server.close();
  rmSync(certificate.folder, { recursive: true, force: true });
});
let count = 0;
let name: string;
beforeEach(() => {
  workspace = makeChartWorkspace();
  count += 1;
  name = `crds-${count}`;
  server.create(name);
  server.seed(name, 'main', { 'config/crd/web.yaml': 'kind: Web\n', 'README.md': 'not asked for\n' });
  server.git(name, '-c', 'user.name=a', '-c', 'user.email=a@example.com', 'tag', '-a', 'v1.0.0', '-m', 'first', 'main');
  workspace.component('crds', {
    source: { git: `${server.url}/${name}.git`, ref: { tag: 'v1.0.0' }, path: './config/crd' },
  });
});
afterEach(() => workspace.close());

const options = (extra: Partial<PullOptions> = {}): PullOptions => ({
  root: workspace.root,
  environment: workspace.environment,
  caFile: certificate.file,
  idleSeconds: 5,
  ...extra,
});
const codes = ({ diagnostics }: { readonly diagnostics: readonly { readonly code: string }[] }) =>
  diagnostics.map(({ code }) => code);

it('locks a tag by its commit, and pulls the files below the path alone', async () => {
  expect((await updateCharts(options())).diagnostics).toEqual([]);
  const lock = parseLock(workspace.read('charts.lock.yaml').toString()).value;
  expect(lock?.sources[0]?.commit).toBe(server.git(name, 'rev-parse', 'main').trim());
  workspace.forgetCache();
  expect((await pullCharts(options())).diagnostics).toEqual([]);
  expect(workspace.list('charts')).toEqual(['pulled/.gitignore', `pulled/git/${name}-v1.0.0/config/crd/web.yaml`]);
  expect(verifyCharts(options()).diagnostics).toEqual([]);
  rmSync(`${workspace.root}/charts`, { recursive: true });
  expect((await pullCharts(options({ offline: true }))).diagnostics).toEqual([]);
  workspace.write(`charts/pulled/git/${name}-v1.0.0/config/crd/more.yaml`, 'kind: Other\n');
  expect(codes(verifyCharts(options()))).toEqual(['charts/wrong-digest']);
  await pullCharts(options());
  expect(verifyCharts(options()).diagnostics).toEqual([]);
});

it('gives what the lock says, also where the tag has moved, and says when it is gone', async () => {
  await updateCharts(options());
  workspace.forgetCache();
  server.seed(name, 'main', { 'config/crd/web.yaml': 'kind: Changed\n' });
  server.git(name, 'tag', '-f', 'v1.0.0', 'main');
  expect((await pullCharts(options())).diagnostics).toEqual([]);
  expect(workspace.read(`charts/pulled/git/${name}-v1.0.0/config/crd/web.yaml`).toString()).toBe('kind: Web\n');
  workspace.component('crds', {
    source: { git: `${server.url}/${name}.git`, ref: { tag: 'v9.0.0' }, path: './config/crd' },
  });
  expect(codes(await updateCharts(options()))).toEqual(['charts/not-found']);
  workspace.component('crds', {
    source: { git: `${server.url}/nowhere.git`, ref: { tag: 'v1.0.0' }, path: './config/crd' },
  });
  expect(codes(await updateCharts(options()))).toEqual(['charts/not-found']);
});
