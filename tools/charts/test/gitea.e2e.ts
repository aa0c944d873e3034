import { rmSync } from 'node:fs';
import { request as forward } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeCertificate } from '../../publisher/test/certificate.ts';
import { type GiteaServer, giteaAvailable, startGitea } from '../../publisher/test/gitea-server.ts';
import { sha256 } from '../src/lock/sha256.ts';
import { pullCharts } from '../src/pull-charts.ts';
import { updateCharts } from '../src/update-charts.ts';
import { verifyCharts } from '../src/verify-charts.ts';
import { sampleChart } from './chart-server.ts';
import { type ChartWorkspace, makeChartWorkspace } from './chart-workspace.ts';

describe.skipIf(!giteaAvailable())('the registries of a real Gitea (skipped without ../shared/e2e)', () => {
  const certificate = makeCertificate();
  let gitea: GiteaServer;
  let front: Server;
  let host: string;
  let workspace: ChartWorkspace;
  beforeAll(async () => {
    // TLS as an ingress has it: manifests take no address without.
    front = createServer(certificate.pair, (request, response) => {
      const { hostname, port } = new URL(gitea.url);
      const headers = { ...request.headers, 'x-forwarded-proto': 'https' };
      const asked = { hostname, port, method: request.method, path: request.url, headers };
      request.pipe(
        forward(asked, (answer) => {
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(response);
        }),
      );
    });
    await new Promise<void>((done) => front.listen(0, '127.0.0.1', done));
    host = `127.0.0.1:${(front.address() as AddressInfo).port}`;
    gitea = await startGitea({ rootUrl: `https://${host}/` });
    await pushHelm('web', '1.2.0');
    await pushOci('db', '0.3.0');
  });
  afterAll(async () => {
    front?.close();
    await gitea?.stop();
    workspace?.close();
    rmSync(certificate.folder, { recursive: true, force: true });
  });
  beforeEach(() => {
    workspace?.close();
    workspace = makeChartWorkspace();
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
    backoff: 10,
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
});
