import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseLock } from '@fluxwright/model';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeCertificate } from '../../publisher/test/certificate.ts';
import { sha256 } from '../src/lock/sha256.ts';
import { verifyCharts } from '../src/verify-charts.ts';
import { type ChartServer, startChartServer } from './chart-server.ts';
import { type ChartWorkspace, makeChartWorkspace } from './chart-workspace.ts';

const certificate = makeCertificate();
let server: ChartServer;
let workspace: ChartWorkspace;
const digests = new Map<string, string>();
beforeAll(async () => {
  server = await startChartServer(certificate.pair);
  workspace = makeChartWorkspace();
  for (let at = 0; at < 12; at += 1) {
    digests.set(`c${at}-1.0.0.tgz`, server.add(`c${at}`, '1.0.0'));
    workspace.component(`c${at}`, { helm: { repository: server.url, chart: `c${at}`, version: '1.0.0' } });
  }
});
afterAll(async () => {
  await server.close();
  workspace.close();
  rmSync(certificate.folder, { recursive: true, force: true });
});

/** Runs a command, and kills it when it asks for the n-th chart, which it never gets; without a number lets it end. */
async function runChild(verb: 'pull' | 'update', killAt?: number): Promise<string> {
  const program = join(import.meta.dirname, 'pull-in-child.ts');
  const child = spawn(process.execPath, [program, verb, workspace.root, certificate.file], {
    env: workspace.environment as NodeJS.ProcessEnv,
  });
  let asked = 0;
  server.fault = ({ url }) => {
    if (url.endsWith('.tgz')) asked += 1;
    if (asked !== killAt) return undefined;
    child.kill('SIGKILL');
    return { do: 'hang' };
  };
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  await new Promise((done) => child.on('close', done));
  return output;
}

/** Every chart there is, is whole, in the folder and in the cache. */
function expectWhole(): number {
  const there = workspace.list('charts/pulled').filter((file) => /^[^.].*\.tgz$/.test(file));
  for (const file of there) expect(sha256(workspace.read(`charts/pulled/${file}`))).toBe(digests.get(file));
  const lock = join(workspace.root, 'charts.lock.yaml');
  if (existsSync(lock)) expect(parseLock(readFileSync(lock, 'utf8')).value?.charts).toHaveLength(12);
  return there.length;
}

it('a killed update or pull leaves whole files or none, and the next run ends the work', async () => {
  for (const killAt of [1, 8]) {
    workspace.forgetCache();
    expect(await runChild('update', killAt)).toBe('begin\n');
    expect(existsSync(join(workspace.root, 'charts.lock.yaml'))).toBe(false);
  }
  expect(await runChild('update')).toContain('[]');
  workspace.forgetCache();
  const seen: number[] = [];
  for (const killAt of [1, 5, 9, 12]) {
    rmSync(join(workspace.root, 'charts'), { recursive: true, force: true });
    workspace.forgetCache();
    expect(await runChild('pull', killAt)).toBe('begin\n');
    seen.push(expectWhole());
  }
  // Six go side by side: who asks for the twelfth has put six to their places.
  expect(seen.at(-1)).toBeGreaterThanOrEqual(6);
  expect(seen.at(-1)).toBeLessThan(12);
  server.log.length = 0;
  expect(await runChild('pull')).toContain('[]');
  expect(expectWhole()).toBe(12);
  // What had come is not fetched again.
  expect(server.log.filter(({ url }) => url.endsWith('.tgz')).length).toBeLessThanOrEqual(6);
  expect(verifyCharts({ root: workspace.root }).diagnostics).toEqual([]);
}, 300_000);

it('what is half-written when it is killed is never taken for a chart', async () => {
  workspace.write('charts/pulled/.c0-1.0.0.tgz.0123456789ab.tmp', 'half');
  expect(verifyCharts({ root: workspace.root }).diagnostics).toEqual([]);
  expect(workspace.list('charts/pulled').filter((file) => file.endsWith('.tgz'))).toHaveLength(12);
});
