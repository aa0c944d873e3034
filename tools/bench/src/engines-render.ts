import { basename } from 'node:path';
import { createRenderer, type Renderer, type TemplateOptions } from 'flux-render-wasm';
import {
  type CatalogueTree,
  catalogueChart,
  catalogueTrees,
  chartNames,
  measuredRenderer,
  type NativeTools,
  nativeTools,
  withTree,
} from 'flux-render-wasm/comparison';
import { type Timing, timed } from './engines-timing.ts';

/** What rendering costs; times are milliseconds. */
export interface RenderMeasurement {
  /** From nothing to the first rendered chart, a small one. */
  readonly coldStart: Timing;
  /** Each chart of the catalogue with a cluster's values, in an engine that has rendered it before. */
  readonly charts: readonly { readonly name: string; readonly warm: Timing; readonly native?: NativeTiming }[];
  /** Every path of one cluster's tree. */
  readonly build: { readonly paths: number; readonly warm: Timing; readonly native?: Timing };
  /** The largest chart ten times, on one thread and on two. */
  readonly ten: { readonly name: string; readonly one: Timing; readonly two: Timing };
  /** Bytes of the guest's memory after 1,000 requests, and after 10,000 more. */
  readonly memoryBefore: number;
  readonly memoryAfter: number;
}

/** Helm without the start of a process, and the command. */
export interface NativeTiming {
  readonly inProcess: Timing;
  readonly command: Timing;
}

const kubernetesVersion = '1.36.2';
const runs = 15;
// V8 goes on optimising for that long.
const warmUps = 25;

/** Measures the render engine beside the native tools, which are left out where there is no Go. */
export async function measureRender(): Promise<RenderMeasurement> {
  const tools = nativeTools();
  const tree = catalogueTrees()[0] as CatalogueTree;
  const cases = chartNames.map((name) => chartCase(name, tree));
  const coldStart = await timed(5, async () => {
    const fresh = await createRenderer({ size: 1 });
    await fresh.template(small(0));
    await fresh.close();
  });
  const renderer = await createRenderer({ size: 1 });
  const charts: RenderMeasurement['charts'][number][] = [];
  for (const options of cases) {
    const warm = await timed(runs, () => renderer.template(options), warmUps);
    const native = tools === undefined ? {} : { native: await nativeChart(tools, options) };
    charts.push({ name: options.release.name, warm, ...native });
  }
  const build = await buildTree(renderer, tools, tree);
  await renderer.close();
  const largest = cases.find(({ release }) => release.name === 'cilium') ?? (cases[0] as TemplateOptions);
  const ten = {
    name: largest.release.name,
    one: await tenTimes(largest, 1),
    two: await tenTimes(largest, 2),
  };
  return { coldStart, charts, build, ten, ...(await memoryOver()) };
}

function chartCase(name: string, { objects }: CatalogueTree): TemplateOptions {
  const release = objects.find(
    ({ kind, spec }) =>
      kind === 'HelmRelease' && (spec.chart as { spec: { chart: string } } | undefined)?.spec.chart === name,
  );
  return {
    chart: { files: catalogueChart(name) },
    values: (release?.spec.values ?? {}) as Record<string, unknown>,
    release: { name, namespace: release?.metadata.namespace ?? 'default' },
    kubernetesVersion,
    apiVersions: ['v1', 'apps/v1', 'batch/v1'],
  };
}

function small(number: number): TemplateOptions {
  const files = {
    'Chart.yaml': 'apiVersion: v2\nname: small\nversion: 1.0.0\n',
    'templates/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: {{ .Release.Name }}}\n',
  };
  const release = { name: `small-${number}`, namespace: 'default' };
  return { chart: { files }, release, kubernetesVersion, apiVersions: ['v1'] };
}

async function nativeChart(tools: NativeTools, options: TemplateOptions): Promise<NativeTiming> {
  const { name, namespace } = options.release;
  const { files } = options.chart as { files: Readonly<Record<string, string | Uint8Array>> };
  const values = JSON.stringify(options.values);
  return withTree(name, { ...files }, (folder) =>
    withTree('values', { 'values.json': values }, async (scratch) => {
      const asked = ['chart', folder, values, name, namespace, kubernetesVersion, String(runs)];
      const inProcess = await answer(tools.inprocess(...asked));
      const flags = ['--namespace', namespace, '--kube-version', kubernetesVersion, '--include-crds'];
      const template = ['template', name, folder, ...flags, '--values', `${scratch}/values.json`];
      return { inProcess, command: await timed(5, () => tools.helm(...template)) };
    }),
  );
}

async function buildTree(
  renderer: Renderer,
  tools: NativeTools | undefined,
  { files, objects }: CatalogueTree,
): Promise<RenderMeasurement['build']> {
  const paths = objects.filter(
    ({ apiVersion, kind, spec }) =>
      kind === 'Kustomization' &&
      apiVersion.startsWith('kustomize.toolkit') &&
      Object.keys(files).some((file) => `./${file.slice(0, -basename(file).length - 1)}` === spec.path),
  );
  const all = async (): Promise<void> => {
    for (const fluxKustomization of paths) {
      await renderer.build({
        files,
        path: String(fluxKustomization.spec.path),
        fluxKustomization: { ...fluxKustomization },
      });
    }
  };
  const warm = await timed(runs, all, 2);
  if (tools === undefined) return { paths: paths.length, warm };
  const native = await withTree('source', files, (folder) =>
    answer(tools.inprocess('build', folder, JSON.stringify(paths), String(runs))),
  );
  return { paths: paths.length, warm, native };
}

async function tenTimes(options: TemplateOptions, size: number): Promise<Timing> {
  const renderer = await createRenderer({ size });
  const work = () => Promise.all(Array.from({ length: 10 }, () => renderer.template(options)));
  const timing = await timed(4, work, 2);
  await renderer.close();
  return timing;
}

async function memoryOver(): Promise<{ memoryBefore: number; memoryAfter: number }> {
  const renderer = measuredRenderer();
  const ask = async (count: number): Promise<number> => {
    for (let i = 0; i < count; i++) await renderer.template(small(i));
    return renderer.memoryBytes();
  };
  const memory = { memoryBefore: await ask(1_000), memoryAfter: await ask(10_000) };
  await renderer.close();
  return memory;
}

async function answer(asked: Promise<{ text: string; error?: string }>): Promise<Timing> {
  const { text, error } = await asked;
  if (error !== undefined) throw new Error(error);
  return JSON.parse(text) as Timing;
}
