import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { formatDiagnostics } from '@fluxwright/diagnostics';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeCertificate } from '../../publisher/test/certificate.ts';
import type { ChartsResult } from '../src/charts-run.ts';
import { listCharts } from '../src/list-charts.ts';
import { sha256 } from '../src/lock/sha256.ts';
import { type PullOptions, pullCharts } from '../src/pull-charts.ts';
import { updateCharts } from '../src/update-charts.ts';
import { verifyCharts } from '../src/verify-charts.ts';
import { type ChartServer, sampleChart, startChartServer, token } from './chart-server.ts';
import { type ChartWorkspace, makeChartWorkspace } from './chart-workspace.ts';

const certificate = makeCertificate();
let server: ChartServer;
let other: ChartServer;
let workspace: ChartWorkspace;
beforeAll(async () => {
  server = await startChartServer(certificate.pair);
  other = await startChartServer(certificate.pair);
  server.add('web', '1.2.0');
  server.add('web', '1.10.0');
  server.add('db', '0.3.1+build.5');
});
afterAll(async () => {
  await Promise.all([server.close(), other.close()]);
  rmSync(certificate.folder, { recursive: true, force: true });
});
beforeEach(() => {
  workspace = makeChartWorkspace();
  workspace.component('web', { helm: { repository: `${server.url}/`, chart: 'web', version: '1.10.0' } });
  workspace.component('db', {
    helm: { repository: `oci://${server.host}/charts`, chart: 'db', version: '0.3.1+build.5' },
  });
});
afterEach(() => {
  workspace.close();
  for (const each of [server, other]) {
    Object.assign(each, { fault: () => undefined, login: undefined, hasTokens: false });
    each.log.length = 0;
  }
});

const options = (extra: Partial<PullOptions> = {}): PullOptions => ({
  root: workspace.root,
  environment: workspace.environment,
  caFile: certificate.file,
  idleSeconds: 2,
  backoff: 1,
  ...extra,
});
const update = (extra?: Partial<PullOptions>) => updateCharts(options(extra));
const pull = (extra?: Partial<PullOptions>) => pullCharts(options(extra));
const codes = ({ diagnostics }: ChartsResult) => diagnostics.map(({ code }) => code);
const printed = (result: ChartsResult) => formatDiagnostics(result.diagnostics, 'text', { sources: result.sources });
const web = '/charts/web-1.10.0.tgz';

/** A lock that is there, and neither charts nor cache. */
async function locked(): Promise<void> {
  expect(codes(await update())).toEqual([]);
  workspace.forgetCache();
  server.log.length = 0;
}

describe('update', () => {
  it('locks what components ask for, from a repository and a registry, and says so', async () => {
    const result = await update();
    expect(result.diagnostics).toEqual([]);
    expect(result.lines).toEqual([
      `+ web 1.10.0 ${sha256(sampleChart('web', '1.10.0'))}`,
      `+ db 0.3.1+build.5 ${sha256(sampleChart('db', '0.3.1+build.5'))}`,
    ]);
    expect(workspace.read('charts.lock.yaml').toString()).toContain(`repository: oci://${server.host}/charts`);
    const text = workspace.read('charts.lock.yaml');
    expect((await update()).lines).toEqual(['charts.lock.yaml says what components ask for']);
    expect(workspace.read('charts.lock.yaml')).toEqual(text);
  });

  it('says which version moves, and takes out what nobody asks for', async () => {
    await locked();
    workspace.component('web', { helm: { repository: server.url, chart: 'web', version: 'v1.2.0' } });
    workspace.component('db', {});
    const { lines } = await update();
    expect(lines).toEqual([`~ web 1.10.0 → v1.2.0 ${sha256(sampleChart('web', '1.2.0'))}`, '- db 0.3.1+build.5']);
  });

  it('names the versions there are, and leaves the lock as it is', async () => {
    await locked();
    const before = workspace.read('charts.lock.yaml');
    workspace.component('web', { helm: { repository: server.url, chart: 'web', version: '1.11.0' } });
    const result = await update();
    expect(codes(result)).toEqual(['charts/not-found']);
    expect(printed(result)).toContain('did you mean "1.10.0" or');
    expect(result.diagnostics[0]?.primary?.file).toBe('components/web/component.yaml');
    expect(workspace.read('charts.lock.yaml')).toEqual(before);
  });

  it('refuses bytes that are not those of the index', async () => {
    server.add('liar', '1.0.0', { digest: '0'.repeat(64) });
    workspace.component('web', { helm: { repository: server.url, chart: 'liar', version: '1.0.0' } });
    expect(codes(await update())).toEqual(['charts/wrong-digest']);
    expect(workspace.exists('charts.lock.yaml')).toBe(false);
  });

  it('refuses a page that is no chart', async () => {
    server.add('page', '1.0.0', { digest: '' });
    server.files.set('/charts/page-1.0.0.tgz', Buffer.from('<html>log in</html>'));
    workspace.component('web', { helm: { repository: server.url, chart: 'page', version: '1.0.0' } });
    expect(codes(await update())).toEqual(['charts/bad-answer']);
  });

  it('reads an index of 10 MB', async () => {
    const index = server.files.get('/index.yaml') ?? Buffer.alloc(0);
    const lines = Array.from({ length: 60_000 }, (_, at) => {
      const url = `https://charts.example.com/${'a'.repeat(60)}-${at}.tgz`;
      return `  - name: many\n    version: 0.0.${at}\n    digest: ${'0'.repeat(64)}\n    urls: ["${url}"]\n`;
    });
    const long = Buffer.from(`${index}  many:\n${lines.join('')}`);
    expect(long.length).toBeGreaterThan(10_000_000);
    server.fault = ({ url }) => (url === '/index.yaml' ? { do: 'answer', status: 200, body: long } : undefined);
    expect(codes(await update())).toEqual([]);
  });
});

describe('pull', () => {
  it('puts the bytes of the lock to where builds look, out of sight of git', async () => {
    await locked();
    const result = await pull();
    expect(result.diagnostics).toEqual([]);
    expect(result.lines).toEqual([
      `db-0.3.1+build.5.tgz: fetched from oci://${server.host}/charts`,
      `web-1.10.0.tgz: fetched from ${server.url}`,
    ]);
    expect(workspace.list('charts')).toEqual([
      'pulled/.gitignore',
      'pulled/db-0.3.1+build.5.tgz',
      'pulled/web-1.10.0.tgz',
    ]);
    expect(workspace.read('charts/pulled/web-1.10.0.tgz')).toEqual(sampleChart('web', '1.10.0'));
    // The registry gives a locked chart by its digest: nobody asks what the tag says now.
    expect(server.log.map(({ url }) => url).filter((url) => url.includes('/manifests/'))).toEqual([]);
    expect((await pull()).lines.every((line) => line.endsWith(': at hand'))).toBe(true);
    expect(verifyCharts({ root: workspace.root })).toMatchObject({ diagnostics: [] });
  });

  it('takes from the cache what another workspace has fetched, without a network', async () => {
    await update();
    expect(await pull({ offline: true })).toMatchObject({ diagnostics: [] });
    rmSync(join(workspace.root, 'charts'), { recursive: true });
    workspace.forgetCache();
    const result = await pull({ offline: true });
    expect(codes(result)).toEqual(['charts/missing', 'charts/missing']);
    expect(printed(result)).toContain('web-1.10.0.tgz is not at hand, and no server is asked');
    expect(workspace.list('charts').filter((file) => file.endsWith('.tgz'))).toEqual([]);
  });

  it('vendors into the repository', async () => {
    await locked();
    expect(await pull({ to: 'vendored' })).toMatchObject({ diagnostics: [] });
    expect(workspace.list('charts')).toEqual(['db-0.3.1+build.5.tgz', 'web-1.10.0.tgz']);
    workspace.write('charts/web-1.10.0.tgz', 'something else');
    expect(codes(await pull())).toEqual(['charts/wrong-digest']);
    expect(codes(verifyCharts({ root: workspace.root }))).toEqual(['charts/wrong-digest']);
    expect(workspace.read('charts/web-1.10.0.tgz').toString()).toBe('something else');
  });

  it('refuses a chart that was published anew, keeps the others, and replaces what somebody changed', async () => {
    await locked();
    const changed = sampleChart('web', '1.10.0', 'changed');
    server.fault = ({ url }) => (url === web ? { do: 'answer', status: 200, body: changed } : undefined);
    const index = server.files
      .get('/index.yaml')
      ?.toString()
      .replace(sha256(sampleChart('web', '1.10.0')).slice(7), sha256(changed).slice(7));
    server.files.set('/index.yaml', Buffer.from(index ?? ''));
    expect(codes(await pull())).toEqual(['charts/wrong-digest']);
    expect(workspace.list('charts/pulled')).toEqual(['.gitignore', 'db-0.3.1+build.5.tgz']);
    server.add('web', '1.10.0');
    server.fault = () => undefined;
    workspace.write('charts/pulled/db-0.3.1+build.5.tgz', 'something else');
    server.files.set(
      '/index.yaml',
      Buffer.from((index ?? '').replace(sha256(changed).slice(7), sha256(sampleChart('web', '1.10.0')).slice(7))),
    );
    expect(codes(await pull())).toEqual([]);
    expect(sha256(workspace.read('charts/pulled/db-0.3.1+build.5.tgz'))).toBe(
      sha256(sampleChart('db', '0.3.1+build.5')),
    );
  });

  it('says what is not locked, that there is no lock, and that a lock is broken', async () => {
    expect(codes(await pull())).toEqual(['charts/no-lock']);
    await locked();
    workspace.component('third', { helm: { repository: server.url, chart: 'web', version: '1.2.0' } });
    expect(codes(await pull())).toEqual(['charts/not-locked']);
    workspace.write('charts.lock.yaml', 'apiVersion: fluxwright.dev/v1\nkind: ChartsLock\ncharts: [{chart: web}]\n');
    expect(codes(await pull())).toEqual(['charts/invalid-lock']);
    expect(codes(await update())).toEqual(['charts/invalid-lock']);
  });

  it('refuses two charts in one file', async () => {
    workspace.component('third', { helm: { repository: other.url, chart: 'web', version: '1.10.0' } });
    expect(codes(await update())).toEqual(['charts/clash']);
  });

  it('lists where everything is', async () => {
    await update();
    const states = () => listCharts(options()).charts.map(({ name, state }) => [name, state]);
    expect(states()).toEqual([
      ['db-0.3.1+build.5.tgz', 'cached'],
      ['web-1.10.0.tgz', 'cached'],
    ]);
    await pull();
    workspace.forgetCache();
    workspace.write('charts/web-1.10.0.tgz', 'x');
    expect(states()).toEqual([
      ['db-0.3.1+build.5.tgz', 'pulled'],
      ['web-1.10.0.tgz', 'other bytes'],
    ]);
  });
});

describe('a server that fails', () => {
  it('is resumed where it broke off', async () => {
    await locked();
    let tries = 0;
    server.fault = ({ url }) => (url === web && tries++ < 3 ? { do: 'cut', bytes: 100 } : undefined);
    expect(codes(await pull())).toEqual([]);
    expect(server.log.filter(({ url }) => url === web).map(({ range }) => range)).toEqual([
      undefined,
      'bytes=100-',
      'bytes=200-',
      'bytes=300-',
    ]);
  });

  it('that breaks off each time is said, and leaves nothing', async () => {
    await locked();
    server.fault = ({ url }) => (url === web ? { do: 'cut', bytes: 0 } : undefined);
    expect(codes(await pull())).toEqual(['charts/bad-answer']);
    expect(workspace.list('charts/pulled')).toEqual(['.gitignore', 'db-0.3.1+build.5.tgz']);
  });

  it.each([500, 502, 503, 429])('with %i is asked again', async (status) => {
    await locked();
    let tries = 0;
    server.fault = ({ url }) =>
      url === web && tries++ < 3 ? { do: 'answer', status, headers: { 'retry-after': '0' } } : undefined;
    expect(codes(await pull())).toEqual([]);
    expect(tries).toBe(4);
    server.fault = ({ url }) => (url === web ? { do: 'answer', status } : undefined);
    rmSync(join(workspace.root, 'charts'), { recursive: true });
    workspace.forgetCache();
    const result = await pull();
    expect(codes(result)).toEqual(['charts/bad-answer']);
    expect(printed(result)).toContain(`answers with status ${status}`);
  });

  it('is not waited for where it asks for an hour', async () => {
    await locked();
    server.fault = ({ url }) =>
      url === web ? { do: 'answer', status: 429, headers: { 'retry-after': '3600' } } : undefined;
    expect(printed(await pull())).toContain('it asks to wait 3600 seconds');
    expect(server.log.filter(({ url }) => url === web)).toHaveLength(1);
  });

  it('that hangs is given up', async () => {
    await locked();
    server.fault = ({ url }) => (url === web ? { do: 'hang' } : undefined);
    const result = await pull({ idleSeconds: 0.2 });
    expect(codes(result)).toEqual(['charts/unreachable']);
    expect(printed(result)).toContain('it is silent for too long');
  });

  it('that sends without end is cut off', async () => {
    await locked();
    server.fault = ({ url }) =>
      url === web ? { do: 'answer', status: 200, body: Buffer.alloc(33 * 1024 * 1024) } : undefined;
    const result = await pull();
    expect(codes(result)).toEqual(['charts/bad-answer']);
    expect(printed(result)).toContain('sends more than 32 MiB');
  });

  it('is not trusted without its CA, and not reached where there is none', async () => {
    const { caFile: _, ...without } = options();
    const result = await updateCharts(without);
    expect(codes(result)).toEqual(['charts/unreachable', 'charts/unreachable']);
    expect(printed(result)).toContain('its certificate is not trusted');
    workspace.component('web', { helm: { repository: 'https://127.0.0.1:9', chart: 'web', version: '1.10.0' } });
    workspace.component('db', {});
    expect(printed(await update())).toContain('nothing listens there');
    expect(codes(await update({ caFile: '/nowhere.pem' }))).toEqual(['charts/unreachable']);
  });

  it('behind a proxy is asked through it, unless NO_PROXY says otherwise', async () => {
    workspace.component('db', {});
    Object.assign(workspace.environment, { HTTPS_PROXY: 'http://127.0.0.1:9' });
    expect(codes(await update())).toEqual(['charts/unreachable']);
    Object.assign(workspace.environment, { NO_PROXY: '127.0.0.1' });
    expect(codes(await update())).toEqual([]);
  });
});

describe('credentials', () => {
  const password = 'Pl-4in:pass/word';
  const login = `ann:${password}`;
  const auth = Buffer.from(login).toString('base64');

  it('are asked for, and named nowhere when they are wrong', async () => {
    server.login = login;
    const without = await update();
    expect(codes(without)).toEqual(['charts/unauthorized', 'charts/unauthorized']);
    expect(printed(without)).toContain('no credentials of ours are for');
    const suffix = server.host.replace(/[^A-Z0-9]/g, '_');
    const wrong = 'wr0ng-secret-of-mine';
    Object.assign(workspace.environment, {
      [`FLUXWRIGHT_CHARTS_USERNAME_${suffix}`]: 'ann',
      [`FLUXWRIGHT_CHARTS_PASSWORD_${suffix}`]: wrong,
    });
    const result = await update();
    expect(codes(result)).toEqual(['charts/unauthorized', 'charts/unauthorized']);
    expect(JSON.stringify(result.diagnostics) + printed(result)).not.toContain(wrong);
    Object.assign(workspace.environment, { [`FLUXWRIGHT_CHARTS_PASSWORD_${suffix}`]: password });
    expect(codes(await update())).toEqual([]);
    expect(workspace.read('charts.lock.yaml').toString()).not.toContain(password);
  });

  it('come from the files of helm, docker and curl', async () => {
    server.login = login;
    const files: Readonly<Record<string, readonly [string, string]>> = {
      helm: [
        '.config/helm/repositories.yaml',
        `repositories: [{name: x, url: "${server.url}", username: ann, password: "${password}"}]`,
      ],
      'helm registry': ['.config/helm/registry/config.json', JSON.stringify({ auths: { [server.host]: { auth } } })],
    };
    for (const [file, text] of Object.values(files)) workspace.home(file, text);
    expect(codes(await update())).toEqual([]);
    rmSync(join(workspace.environment.HOME ?? '', '.config'), { recursive: true });
    rmSync(join(workspace.root, 'charts.lock.yaml'));
    expect(codes(await update())).toHaveLength(2);
    workspace.home('.docker/config.json', JSON.stringify({ auths: { [server.host]: { auth } } }));
    workspace.home('.netrc', `machine 127.0.0.1\n  login ann\n  password ${password}\n`);
    expect(codes(await update())).toEqual([]);
  });

  it('are traded for a token where the registry wants one', async () => {
    server.login = login;
    server.hasTokens = true;
    workspace.component('web', {});
    workspace.home('.docker/config.json', JSON.stringify({ auths: { [server.host]: { auth } } }));
    expect(codes(await update())).toEqual([]);
    expect(server.log.some(({ authorization }) => authorization === `Bearer ${token}`)).toBe(true);
    expect(
      server.log.filter(({ url, authorization }) => !url.startsWith('/token') && authorization?.startsWith('Basic')),
    ).toEqual([]);
  });

  it('do not follow a redirect, nor an address in the index, to another host', async () => {
    server.login = login;
    const suffix = server.host.replace(/[^A-Z0-9]/g, '_');
    Object.assign(workspace.environment, {
      [`FLUXWRIGHT_CHARTS_USERNAME_${suffix}`]: 'ann',
      [`FLUXWRIGHT_CHARTS_PASSWORD_${suffix}`]: password,
    });
    const blob = [...server.files.keys()].find((path) => path.startsWith('/v2/charts/db/blobs/')) ?? '';
    for (const path of [web, blob]) other.files.set(path, server.files.get(path) ?? Buffer.alloc(0));
    server.fault = ({ url }) =>
      url === web || url === blob
        ? { do: 'answer', status: 307, headers: { location: `${other.url}${url}` } }
        : undefined;
    expect(codes(await update())).toEqual([]);
    server.add('far', '1.0.0', { url: `${other.url}/charts/far-1.0.0.tgz` });
    other.add('far', '1.0.0');
    workspace.component('third', { helm: { repository: server.url, chart: 'far', version: '1.0.0' } });
    expect(codes(await update())).toEqual([]);
    expect(other.log.map(({ url }) => url).sort()).toEqual(['/charts/far-1.0.0.tgz', web, blob].sort());
    expect(other.log.filter(({ authorization }) => authorization !== undefined)).toEqual([]);
  });

  it('are not given to another host that a redirect leads to and that asks for them', async () => {
    server.login = login;
    Object.assign(other, { login, hasTokens: true });
    workspace.component('web', {});
    workspace.home('.docker/config.json', JSON.stringify({ auths: { [server.host]: { auth } } }));
    const isBlob = (url: string): boolean => url.startsWith('/v2/charts/db/blobs/');
    server.fault = ({ url }) =>
      isBlob(url) ? { do: 'answer', status: 307, headers: { location: `${other.url}${url}` } } : undefined;
    expect(codes(await update())).toEqual(['charts/unauthorized']);
    expect(other.log.length).toBeGreaterThan(0);
    expect(other.log.filter(({ authorization }) => authorization !== undefined)).toEqual([]);
  });

  it('do not go from TLS to plain HTTP, and redirects have an end', async () => {
    workspace.component('db', {});
    server.fault = ({ url }) =>
      url === web ? { do: 'answer', status: 302, headers: { location: `http://${other.host}/` } } : undefined;
    expect(printed(await update())).toContain('leads from https: to http:');
    server.fault = ({ url }) => (url === web ? { do: 'answer', status: 302, headers: { location: web } } : undefined);
    expect(printed(await update())).toContain('leads on too often');
  });

  it('in an address are refused and not shown', async () => {
    workspace.component('db', {});
    workspace.component('web', {
      helm: { repository: `https://ann:s3cret-word@${server.host}`, chart: 'web', version: '1.10.0' },
    });
    const result = await update();
    expect(codes(result)).toEqual(['charts/unauthorized']);
    expect(printed(result)).not.toContain('s3cret-word');
  });
});
