import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { referenceCrds } from './reference-crds.ts';
import { run } from './run.ts';
import type { Stack } from './stack.ts';
import { ownObject, packageChart, type StandInWorkload } from './stand-in-chart.ts';
import type { Tree } from './tree.ts';

interface ChartSpec {
  readonly chart?: { readonly spec: { readonly chart: string; readonly version: string } };
  readonly chartRef?: { readonly name: string };
}

interface OciSpec {
  readonly url: string;
  readonly ref: { readonly tag?: string; readonly semver?: string };
}

const componentsFolder = resolve(import.meta.dirname, '../../../components');

/** Makes and serves a stand-in for every chart a tree's HelmReleases name: over HTTP, and from Gitea for OCI. The fixtures have none. */
export async function serveCharts(stack: Stack, tree: Tree): Promise<void> {
  for (const { path, object } of tree.objects.filter((each) => each.object.kind === 'HelmRelease')) {
    const component = path.split('/')[1] ?? '';
    const spec = (object.spec ?? {}) as ChartSpec;
    const parts = {
      crds: referenceCrds([component]),
      workloads: declaredWorkloads(component),
      objects: checkedObjects(component),
    };
    if (spec.chart !== undefined) {
      const { chart, version } = spec.chart.spec;
      await packageChart(stack.helm, { name: chart, version, ...parts }, stack.charts.folder);
    } else {
      const source = tree.objects.find(
        (each) => each.object.kind === 'OCIRepository' && each.path.split('/')[1] === component,
      );
      if (source === undefined) throw new Error(`${path} has no OCIRepository beside it`);
      const { url, ref } = source.object.spec as unknown as OciSpec;
      const chart = { name: url.split('/').at(-1) ?? '', version: ref.tag ?? ref.semver ?? '', ...parts };
      const file = await packageChart(stack.helm, chart, stack.charts.folder);
      await pushToGitea(stack, file);
    }
  }
  await run(stack.helm, ['repo', 'index', stack.charts.folder, '--url', stack.charts.url]);
}

/** Where Gitea serves the charts that are pushed to it, without a scheme. */
export function ociBase(stack: Stack): string {
  return `${stack.gitea.url.replace(/^https?:\/\//, '')}/${stack.gitea.user}`;
}

async function pushToGitea(stack: Stack, file: string): Promise<void> {
  const host = stack.gitea.url.replace(/^https?:\/\//, '');
  const env = { ...process.env, HELM_REGISTRY_CONFIG: join(stack.charts.folder, '..', 'registry.json') };
  const login = ['registry', 'login', host, '--plain-http', '--username', stack.gitea.user, '--password-stdin'];
  await run(stack.helm, login, { env, input: stack.gitea.token });
  await run(stack.helm, ['push', file, `oci://${ociBase(stack)}`, '--plain-http'], { env });
}

function declaredWorkloads(component: string): readonly StandInWorkload[] {
  const manifest = manifestOf(component);
  return (manifest.spec.footprint?.workloads ?? []).map((each: StandInWorkload) => ({
    name: each.name,
    kind: each.kind ?? 'Deployment',
    ...(each.storage === undefined ? {} : { storage: each.storage }),
  }));
}

/** What the component is ready by, where its chart makes it of a kind of its own. */
function checkedObjects(component: string): readonly object[] {
  const { spec } = manifestOf(component);
  const checks: readonly { readonly apiVersion: string; readonly kind: string; readonly name: string }[] =
    spec.readiness?.checks ?? [];
  const own = new Set((spec.provides?.kinds ?? []).map(({ group, kind }: GroupKind) => `${group} ${kind}`));
  return checks.filter(({ apiVersion, kind }) => own.has(`${apiVersion.split('/')[0]} ${kind}`)).map(ownObject);
}

interface GroupKind {
  readonly group: string;
  readonly kind: string;
}

function manifestOf(component: string) {
  return parse(readFileSync(join(componentsFolder, component, 'component.yaml'), 'utf8'));
}
