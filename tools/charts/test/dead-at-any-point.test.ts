import fs, { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { basename, join } from 'node:path';
import { parseLock } from '@fluxwright/model';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { makeCertificate } from '../../publisher/test/certificate.ts';
import { sha256 } from '../src/lock/sha256.ts';
import { type PullOptions, pullCharts } from '../src/pull-charts.ts';
import { updateCharts } from '../src/update-charts.ts';
import { verifyCharts } from '../src/verify-charts.ts';
import { type ChartServer, startChartServer } from './chart-server.ts';
import { type ChartWorkspace, makeChartWorkspace } from './chart-workspace.ts';

/** All that changes the disk. */
const changing = ['openSync', 'writeSync', 'fsyncSync', 'closeSync', 'renameSync', 'mkdirSync', 'rmSync'] as const;
const real = Object.fromEntries(changing.map((name) => [name, fs[name]]));

/**
 * What a SIGKILL before the n-th change of the disk leaves, in this process: that change and none after it is made, not even those of a
 * `finally`. Half of a write is. killed-pull.test.ts kills real processes; there is no time to start one for each point.
 */
function dieAt(point: number): { readonly changes: () => number } {
  let changes = 0;
  for (const name of changing) {
    const own = real[name] as (...given: unknown[]) => unknown;
    Object.assign(fs, {
      [name]: (...given: unknown[]) => {
        changes += 1;
        if (changes < point) return own(...given);
        if (changes === point && name === 'writeSync') {
          const [descriptor, content] = given as [number, Buffer];
          own(descriptor, content.subarray(0, content.length / 2));
        }
        throw Object.assign(new Error('killed'), { code: 'EKILLED' });
      },
    });
  }
  syncBuiltinESMExports();
  return { changes: () => changes };
}

function live(): void {
  Object.assign(fs, real);
  syncBuiltinESMExports();
}

const certificate = makeCertificate();
const digests = new Map<string, string>();
let server: ChartServer;
let workspace: ChartWorkspace;
beforeAll(async () => {
  server = await startChartServer(certificate.pair);
  workspace = makeChartWorkspace();
  for (const name of ['db', 'web']) {
    digests.set(`${name}-1.0.0.tgz`, server.add(name, '1.0.0'));
    workspace.component(name, { helm: { repository: server.url, chart: name, version: '1.0.0' } });
  }
});
afterEach(live);
afterAll(async () => {
  await server.close();
  workspace.close();
  rmSync(certificate.folder, { recursive: true, force: true });
});

const options = (): PullOptions => ({
  root: workspace.root,
  environment: workspace.environment,
  caFile: certificate.file,
  backoff: 1,
  // One after the other, so that each point is the same in each run.
  atOnce: 1,
});

/** Each file that carries the name of a chart is that chart, in the workspace and in the cache; a lock can be read and has all. */
function expectWhole(): void {
  for (const file of workspace.list('charts').filter((each) => /(^|\/)[^./][^/]*\.tgz$/.test(each)))
    expect(sha256(workspace.read(`charts/${file}`))).toBe(digests.get(basename(file)));
  const cache = join(workspace.environment.XDG_CACHE_HOME ?? '', 'fluxwright/charts/packages/sha256');
  for (const file of existsSync(cache) ? readdirSync(cache).filter((each) => !each.startsWith('.')) : [])
    expect(sha256(readFileSync(join(cache, file)))).toBe(`sha256:${file}`);
  if (workspace.exists('charts.lock.yaml'))
    expect(parseLock(workspace.read('charts.lock.yaml').toString()).value?.charts).toHaveLength(2);
}

async function sweep(run: () => Promise<unknown>, prepare: () => Promise<void>): Promise<number> {
  for (let point = 1; ; point += 1) {
    await prepare();
    const { changes } = dieAt(point);
    await run().catch(() => {});
    live();
    expectWhole();
    if (changes() < point) return point;
    // Whoever comes next ends the work.
    expect((await updateCharts(options())).diagnostics).toEqual([]);
    expect((await pullCharts(options())).diagnostics).toEqual([]);
    expect(verifyCharts(options()).diagnostics).toEqual([]);
  }
}

describe('a run that dies before any change of the disk leaves whole files, and the next one ends the work', () => {
  const forget = (...files: readonly string[]): void => {
    workspace.forgetCache();
    for (const file of files) rmSync(join(workspace.root, file), { recursive: true, force: true });
  };

  it('update', async () => {
    const points = await sweep(
      () => updateCharts(options()),
      async () => forget('charts.lock.yaml', 'charts'),
    );
    expect(points).toBeGreaterThan(15);
  }, 120_000);

  it.each(['pulled', 'vendored'] as const)(
    'pull, %s',
    async (to) => {
      const points = await sweep(
        () => pullCharts({ ...options(), to }),
        async () => {
          await updateCharts(options());
          forget('charts');
        },
      );
      expect(points).toBeGreaterThan(20);
    },
    120_000,
  );
});
