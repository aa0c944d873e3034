import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ChartServer, startChartServer } from '../../charts/test/chart-server.ts';
import { type ChartWorkspace, makeChartWorkspace } from '../../charts/test/chart-workspace.ts';
import { makeCertificate } from '../../publisher/test/certificate.ts';

const bin = join(import.meta.dirname, '../bin/fluxwright.js');
const certificate = makeCertificate();
let server: ChartServer;
let workspace: ChartWorkspace;
beforeAll(async () => {
  server = await startChartServer(certificate.pair);
  server.add('web', '1.2.0');
  workspace = makeChartWorkspace();
  workspace.component('web', { helm: { repository: server.url, chart: 'web', version: '1.2.0' } });
});
afterAll(async () => {
  await server.close();
  workspace.close();
  rmSync(certificate.folder, { recursive: true, force: true });
});

/** The server runs in this process: nothing here may block it. */
function fluxwright(...args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { ...workspace.environment, SSL_CERT_FILE: certificate.file } as NodeJS.ProcessEnv;
  return new Promise((done) => {
    execFile(process.execPath, [bin, ...args], { cwd: workspace.root, env }, (error, stdout, stderr) => {
      done({ code: Number(error?.code ?? 0), stdout, stderr });
    });
  });
}

it('charts update, pull, verify and list go together, and say what is wrong', async () => {
  const without = await fluxwright('charts', 'verify');
  expect(without.code).toBe(1);
  expect(without.stderr).toContain('error[charts/no-lock]');
  expect(await fluxwright('charts', 'update')).toMatchObject({
    code: 0,
    stderr: '',
    stdout: expect.stringMatching(/^\+ web 1\.2\.0 sha256:/),
  });
  expect((await fluxwright('charts', 'verify')).stderr).toContain('help: run `fluxwright charts pull`');
  expect(await fluxwright('charts', 'pull', '--offline')).toMatchObject({
    code: 0,
    stdout: 'web-1.2.0.tgz: from the cache\n',
  });
  expect(await fluxwright('charts', 'verify')).toMatchObject({ code: 0, stdout: '1 of 1 at hand, as the lock says\n' });
  expect((await fluxwright('charts', 'list')).stdout).toBe(`web-1.2.0.tgz  pulled  ${server.url}  web\n`);
  expect((await fluxwright('charts')).code).toBe(2);
});
