import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { compile } from '@fluxwright/compiler';
import { loadWorkspace } from '@fluxwright/model';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { packChart } from '../../../compiler/test/pack-chart.ts';
import { catalogueChart } from '../../../flux-render-wasm/test/catalogue-charts.ts';

const root = path.resolve(import.meta.dirname, '../../../..');
/**
 * Charts that lie whole in the Go modules of their projects, as they are published: that of kyverno lacks subcharts there,
 * and external-dns makes its chart after the tag of its program.
 */
const charts = ['cert-manager', 'cilium'];
/** Both of the pair have these charts, with values that differ by the cluster's name and addresses. */
const [cluster = ''] = loadWorkspace(root).value.clusterNames;
const hasGo = spawnSync('go', ['version']).status === 0;
const folder = mkdtempSync(path.join(tmpdir(), 'declarations-'));

beforeAll(() => {
  if (!hasGo) return;
  for (const { spec } of loadWorkspace(root).value.components.values()) {
    const { chart = '', version } = spec.helm ?? {};
    if (!charts.includes(chart)) continue;
    const files = catalogueChart(chart);
    const named = { ...parse(Buffer.from(files['Chart.yaml'] ?? '').toString()), version };
    // A project numbers its chart when it publishes it.
    const archive = packChart(chart, { ...files, 'Chart.yaml': stringify(named) });
    writeFileSync(path.join(folder, `${chart}-${version}.tgz`), archive);
  }
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(!hasGo)(`what components declare${hasGo ? '' : ' (skipped: there is no go)'}`, () => {
  test('is in their charts', async () => {
    const { clusters, diagnostics } = await compile({ root, clusters: [cluster], charts: folder, write: false });
    // A project also says its release when it publishes: facts are those of the published chart.
    const found = diagnostics.filter(({ code }) => code !== 'prove/stale-facts');
    expect(found.map(({ code, message }) => `${code}: ${message}`)).toEqual([]);
    expect(clusters.map(({ built }) => built)).not.toContain(false);
  }, 120_000);
});
