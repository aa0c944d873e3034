import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Diagnostic } from '@fluxwright/diagnostics';
import type { RenderedCluster } from '../src/data/rendered-cluster.ts';
import { openCharts } from '../src/engines/chart-library.ts';
import { openEngines } from '../src/engines/engines.ts';
import { proveCluster } from '../src/prove/prove-cluster.ts';
import { validateCluster } from '../src/validate/validate-cluster.ts';
import { packChart } from './pack-chart.ts';
import { renderWithEngines } from './render-with-engines.ts';
import { cluster, component, type Files, resolveFiles } from './sample-workspace.ts';

/** The component `web` in the namespace `shop`, with what a test says of it. */
export interface ChartedSample {
  readonly delivery?: 'helm-release' | 'rendered';
  readonly values?: string;
  readonly files?: Files;
  readonly more?: Files;
  readonly components?: string;
  readonly spec?: string;
  /** More of the cluster's spec. */
  readonly settings?: string;
}

export interface ChartedRun {
  readonly rendered: RenderedCluster;
  readonly found: readonly Diagnostic[];
  readonly messages: readonly string[];
}

/** A folder of charts and the engines that read it; `close` removes it. */
export function chartsAtHand() {
  const root = mkdtempSync(join(tmpdir(), 'fluxwright-charts-'));
  mkdirSync(join(root, 'charts'));
  const engines = openEngines({ charts: openCharts(root, 'charts') });
  let count = 0;
  return {
    root,
    engines,
    close: () => rmSync(root, { recursive: true, force: true }),
    /** A chart with a name of its own, packed into the folder. */
    chart(files: Files): string {
      const name = `chart${++count}`;
      const all = { 'Chart.yaml': `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n`, ...files };
      writeFileSync(join(root, `charts/${name}-1.0.0.tgz`), packChart(name, all));
      return name;
    },
    /** What the checks and the proof find in a cluster whose component `web` installs the chart. */
    async run(
      name: string,
      {
        delivery = 'helm-release',
        values,
        files = {},
        more = {},
        components = 'web',
        spec = '',
        settings = '',
      }: ChartedSample = {},
    ): Promise<ChartedRun> {
      const helm = `  namespace: shop\n  helm: {repository: https://charts.example.com, chart: ${name}, version: 1.0.0}\n`;
      const own = { ...files, ...(values === undefined ? {} : { 'helm/values.yaml.hbs': values }) };
      const [resolved] = resolveFiles({
        ...component('web', helm + spec, own),
        ...more,
        ...cluster('one', `  delivery: ${delivery}\n  components: [${components}]\n${settings}`),
      });
      if (resolved === undefined) throw new Error('no cluster');
      const { value, diagnostics } = await renderWithEngines(resolved, engines);
      const found =
        diagnostics.length > 0 ? diagnostics : [...(await validateCluster(value, engines)), ...proveCluster(value)];
      return { rendered: value, found, messages: found.map(({ code, message }) => `${code}: ${message}`) };
    },
  };
}
