import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { formatDiagnostics } from '@fluxwright/diagnostics';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeCertificate } from '../../publisher/test/certificate.ts';
import { type GiteaServer, giteaAvailable, startGitea } from '../../publisher/test/gitea-server.ts';
import type { ChartsResult } from '../src/charts-run.ts';
import { sha256 } from '../src/lock/sha256.ts';
import { type PullOptions, pullCharts } from '../src/pull-charts.ts';
import { updateCharts } from '../src/update-charts.ts';
import { verifyCharts } from '../src/verify-charts.ts';
import { sampleChart } from './chart-server.ts';
import { type ChartWorkspace, makeChartWorkspace } from './chart-workspace.ts';
import { type FrontRequest, type GiteaFront, startGiteaFront } from './gitea-front.ts';

describe.skipIf(!giteaAvailable())('the registries of a real Gitea (skipped without ../shared/e2e)', () => {
  const certificate = makeCertificate();
  let gitea: GiteaServer;
  let front: GiteaFront;
  /** Another host that leads to the same packages. */
  let other: GiteaFront;
  let host: string;
  let workspace: ChartWorkspace;
  beforeAll(async () => {
    [front, other] = await Promise.all([startGiteaFront(certificate.pair), startGiteaFront(certificate.pair)]);
    host = front.host;
    gitea = await startGitea({ rootUrl: `https://${host}/` });
    front.behind = gitea.url;
    other.behind = gitea.url;
    await pushHelm('web', '1.2.0');
    await pushOci('db', '0.3.0');
  });
  afterAll(async () => {
    front?.close();
    other?.close();
    await gitea?.stop();
    workspace?.close();
    rmSync(certificate.folder, { recursive: true, force: true });
  });
  beforeEach(() => {
    workspace?.close();
    workspace = makeChartWorkspace();
    for (const each of [front, other]) {
      each.fault = () => undefined;
      each.log.length = 0;
    }
    const { name } = gitea.admin;
    workspace.component('web', {
      helm: { repository: `https://${host}/api/packages/${name}/helm`, chart: 'web', version: '1.2.0' },
    });
    workspace.component('db', { helm: { repository: `oci://${host}/${name}`, chart: 'db', version: '0.3.0' } });
  });

  const basic = (): string => `Basic ${Buffer.from(`${gitea.admin.name}:${gitea.admin.token}`).toString('base64')}`;
  const send = async (
    method: string,
    path: string,
    body: Buffer,
    type = 'application/octet-stream',
  ): Promise<Response> => {
    const headers = { authorization: basic(), 'content-type': type };
    const response = await fetch(new URL(path, gitea.url), { method, headers, body: new Uint8Array(body) });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response;
  };
  const pushHelm = (name: string, version: string) =>
    send('POST', `/api/packages/${gitea.admin.name}/helm/api/charts`, sampleChart(name, version));
  const pushBlob = async (repository: string, bytes: Buffer): Promise<void> => {
    await send('POST', `/v2/${repository}/blobs/uploads/?digest=${sha256(bytes)}`, bytes);
  };
  /** As `helm push` does: a config, a layer, and a manifest that names them. */
  const pushOci = async (name: string, version: string): Promise<void> => {
    const repository = `${gitea.admin.name}/${name}`;
    const chart = sampleChart(name, version);
    const config = Buffer.from(JSON.stringify({ name, version, apiVersion: 'v2' }));
    await pushBlob(repository, chart);
    await pushBlob(repository, config);
    const manifest = {
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      config: { mediaType: 'application/vnd.cncf.helm.config.v1+json', digest: sha256(config), size: config.length },
      layers: [
        { mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', digest: sha256(chart), size: chart.length },
      ],
    };
    await send(
      'PUT',
      `/v2/${repository}/manifests/${version}`,
      Buffer.from(JSON.stringify(manifest)),
      manifest.mediaType,
    );
  };
  const options = () => ({
    root: workspace.root,
    environment: workspace.environment,
    caFile: certificate.file,
    idleSeconds: 5,
    backoff: 1,
  });
  const logIn = (token: string): void => {
    const suffix = host.replace(/[^A-Z0-9]/g, '_');
    Object.assign(workspace.environment, {
      [`FLUXWRIGHT_CHARTS_USERNAME_${suffix}`]: gitea.admin.name,
      [`FLUXWRIGHT_CHARTS_PASSWORD_${suffix}`]: token,
    });
  };

  it('are locked, pulled and verified', async () => {
    logIn(gitea.admin.token);
    const { lines, diagnostics } = await updateCharts(options());
    expect(diagnostics).toEqual([]);
    expect(lines.toSorted()).toEqual([
      `+ db 0.3.0 ${sha256(sampleChart('db', '0.3.0'))}`,
      `+ web 1.2.0 ${sha256(sampleChart('web', '1.2.0'))}`,
    ]);
    workspace.forgetCache();
    expect(await pullCharts(options())).toMatchObject({ diagnostics: [] });
    expect(workspace.read('charts/pulled/web-1.2.0.tgz')).toEqual(sampleChart('web', '1.2.0'));
    expect(workspace.read('charts/pulled/db-0.3.0.tgz')).toEqual(sampleChart('db', '0.3.0'));
    expect(verifyCharts(options()).diagnostics).toEqual([]);
  });

  it('refuse a wrong token, which is not said back', async () => {
    const wrong = 'f'.repeat(40);
    logIn(wrong);
    const { diagnostics } = await updateCharts(options());
    expect(diagnostics.map(({ code }) => code)).toEqual(['charts/unauthorized', 'charts/unauthorized']);
    expect(JSON.stringify(diagnostics)).not.toContain(wrong);
  });

  it('have no other versions than those that were pushed', async () => {
    logIn(gitea.admin.token);
    const { name } = gitea.admin;
    workspace.component('web', {
      helm: { repository: `https://${host}/api/packages/${name}/helm`, chart: 'web', version: '2.0.0' },
    });
    workspace.component('db', { helm: { repository: `oci://${host}/${name}`, chart: 'db', version: '2.0.0' } });
    const { diagnostics } = await updateCharts(options());
    expect(diagnostics.map(({ code }) => code)).toEqual(['charts/not-found', 'charts/not-found']);
  });

  describe('that fail on the way', () => {
    const codes = ({ diagnostics }: ChartsResult) => diagnostics.map(({ code }) => code);
    const printed = (result: ChartsResult): string => {
      const text = formatDiagnostics(result.diagnostics, 'text', { sources: result.sources });
      expect(text + JSON.stringify(result)).not.toContain(gitea.admin.token);
      return text;
    };
    /** The two charts, and neither the index nor a manifest or token. */
    const isChart = ({ url }: FrontRequest): boolean => /\.tgz$|\/blobs\/sha256:/.test(url);
    const pull = (extra: Partial<PullOptions> = {}) => pullCharts({ ...options(), ...extra });
    const charts = () => workspace.list('charts').filter((each) => each.endsWith('.tgz'));
    beforeEach(async () => {
      logIn(gitea.admin.token);
      expect(codes(await updateCharts(options()))).toEqual([]);
      workspace.forgetCache();
      front.log.length = 0;
    });

    it('are refused with other bytes than the lock, and the lock is kept', async () => {
      const lock = workspace.read('charts.lock.yaml');
      const to = (body: Buffer): Buffer => Buffer.concat([body.subarray(0, -1), Buffer.from('x')]);
      front.fault = (request) => (isChart(request) ? { do: 'change', to } : undefined);
      const result = await pull();
      expect(codes(result)).toEqual(['charts/wrong-digest', 'charts/wrong-digest']);
      expect(printed(result)).toContain('is meant');
      expect(charts()).toEqual([]);
      expect(workspace.read('charts.lock.yaml')).toEqual(lock);
    });

    it('are asked again where a body breaks off, and given up where each does', async () => {
      let cuts = 0;
      front.fault = (request) => (isChart(request) && cuts++ < 2 ? { do: 'cut', bytes: 100 } : undefined);
      expect(codes(await pull())).toEqual([]);
      expect(verifyCharts(options()).diagnostics).toEqual([]);
      rmSync(join(workspace.root, 'charts'), { recursive: true });
      workspace.forgetCache();
      front.fault = (request) => (isChart(request) ? { do: 'cut', bytes: 0 } : undefined);
      const result = await pull();
      expect(codes(result)).toEqual(['charts/bad-answer', 'charts/bad-answer']);
      printed(result);
      expect(charts()).toEqual([]);
    });

    it.each([429, 500])('are asked again after status %i, and given up where it stays', async (status) => {
      let faults = 0;
      const headers = { 'retry-after': '0' };
      front.fault = (request) => (isChart(request) && faults++ < 2 ? { do: 'answer', status, headers } : undefined);
      expect(codes(await pull())).toEqual([]);
      rmSync(join(workspace.root, 'charts'), { recursive: true });
      workspace.forgetCache();
      front.fault = () => ({ do: 'answer', status, headers });
      const result = await pull();
      expect(printed(result)).toContain(`answers with status ${status}`);
      expect(charts()).toEqual([]);
    });

    it('are given up where they hang', async () => {
      front.fault = (request) => (isChart(request) ? { do: 'hang' } : undefined);
      const result = await pull({ idleSeconds: 0.2 });
      expect(codes(result)).toEqual(['charts/unreachable', 'charts/unreachable']);
      expect(printed(result)).toContain('it is silent for too long');
      expect(charts()).toEqual([]);
    });

    it('are followed to another host, which is not told who we are', async () => {
      front.fault = (request) =>
        isChart(request)
          ? { do: 'answer', status: 307, headers: { location: `https://${other.host}${request.url}` } }
          : undefined;
      // Gitea gives packages of a public user to anybody over HTTP; its registry wants at least a token.
      const result = await pull();
      printed(result);
      expect(codes(result)).toEqual(['charts/unauthorized']);
      expect(workspace.read('charts/pulled/web-1.2.0.tgz')).toEqual(sampleChart('web', '1.2.0'));
      expect(other.log.length).toBeGreaterThanOrEqual(2);
      expect(other.log.filter(({ headers }) => headers.authorization !== undefined)).toEqual([]);
    });

    it('are read with an index of 10 MB', async () => {
      rmSync(join(workspace.root, 'charts.lock.yaml'));
      const entries = Array.from(
        { length: 60_000 },
        (_, at) =>
          `    - {name: many, version: 0.0.${at}, digest: ${'0'.repeat(64)}, urls: ["https://charts.example.com/${'a'.repeat(60)}-${at}.tgz"]}\n`,
      );
      const to = (body: Buffer): Buffer =>
        Buffer.from(body.toString().replace(/^entries:\n/m, `entries:\n    many:\n${entries.join('')}`));
      let size = 0;
      front.fault = ({ url }) =>
        url.endsWith('/index.yaml')
          ? {
              do: 'change',
              to: (body) => {
                const long = to(body);
                size = long.length;
                return long;
              },
            }
          : undefined;
      expect(codes(await updateCharts(options()))).toEqual([]);
      expect(size).toBeGreaterThan(10_000_000);
    });

    it('are not trusted without their CA', async () => {
      const { caFile: _, ...without } = options();
      expect(printed(await pullCharts(without))).toContain('its certificate is not trusted');
    });

    it('leave whole files where a pull is killed, and the next one ends the work', async () => {
      for (const killAt of [1, 2]) {
        rmSync(join(workspace.root, 'charts'), { recursive: true, force: true });
        workspace.forgetCache();
        const program = join(import.meta.dirname, 'pull-in-child.ts');
        const child = spawn(process.execPath, [program, 'pull', workspace.root, certificate.file], {
          env: workspace.environment as NodeJS.ProcessEnv,
        });
        let asked = 0;
        front.fault = (request) => {
          if (isChart(request)) asked += 1;
          if (asked < killAt) return undefined;
          // In the middle of a body.
          setTimeout(() => child.kill('SIGKILL'), 5);
          return { do: 'cut', bytes: 200 };
        };
        await new Promise((done) => child.on('close', done));
        expect(asked).toBeGreaterThanOrEqual(killAt);
        for (const file of charts().filter((each) => !basename(each).startsWith('.'))) {
          const name = /(web|db)-/.exec(file)?.[1] ?? '';
          expect(workspace.read(`charts/${file}`)).toEqual(sampleChart(name, name === 'web' ? '1.2.0' : '0.3.0'));
        }
        front.fault = () => undefined;
        expect(codes(await pull())).toEqual([]);
        expect(verifyCharts(options()).diagnostics).toEqual([]);
      }
    });
  });
});
