import { isObject, type JsonObject, type JsonValue, valueAt } from '@fluxwright/documents';
import { releaseNameOf } from '@fluxwright/flux';
import type { ScopeOf } from '@fluxwright/kubernetes';
import type { ResolvedCluster } from '@fluxwright/model';
import type { TemplateResult } from 'flux-render-wasm';
import type { PackagedChart } from '../../engines/chart-library.ts';
import { type Engines, makeOnce } from '../../engines/engines.ts';
import { digestParts } from '../../plan/task-digest.ts';
import { apiVersions } from './api-versions.ts';

/** What a chart can ask about the cluster it is rendered for. */
export interface ChartTarget {
  readonly kubernetesVersion: string;
  readonly apiVersions: readonly string[];
}

/** What Helm is asked for. */
export interface ChartOptions extends ChartTarget {
  readonly chart: { readonly archive: PackagedChart['archive'] };
  readonly values: JsonObject;
  readonly release: { readonly name: string; readonly namespace: string };
  readonly includeCrds: true;
}

/** A cluster as charts see it: the whole version of its Kubernetes, and the API versions that it serves. */
export function chartTarget(cluster: ResolvedCluster, engines: Engines): ChartTarget {
  const { version } = cluster.spec.kubernetes;
  const { schemas } = engines.schemas.forKubernetes(version);
  return {
    kubernetesVersion: /^\d+\.\d+$/.test(version) ? `${version}.0` : version,
    apiVersions: apiVersions(cluster, schemas),
  };
}

/**
 * What Helm is asked for by a HelmRelease, as helm-controller asks it (helm-controller docs/spec/v2/helmreleases.md): its release's
 * name, its target namespace and its values. Definitions in crds/ are always asked for: see {@link withCrds}.
 */
export function chartOptions(release: JsonObject, chart: PackagedChart, target: ChartTarget): ChartOptions {
  return { chart: { archive: chart.archive }, ...givenRelease(release), ...target, includeCrds: true };
}

/** The values that a HelmRelease gives its chart, and the release that it makes. */
export function givenRelease(object: JsonObject): Pick<ChartOptions, 'values' | 'release'> {
  const spec = isObject(object.spec) ? object.spec : {};
  const [name, own] = ['name', 'namespace'].map((field) => String(valueAt(object, ['metadata', field]) ?? ''));
  const { targetNamespace, values } = spec;
  return {
    values: isObject(values) ? values : {},
    release: {
      name: releaseNameOf(spec, name ?? ''),
      namespace: typeof targetNamespace === 'string' && targetNamespace !== '' ? targetNamespace : (own ?? ''),
    },
  };
}

/** Renders a chart with Helm's engine as helm-controller would for a first install. What is equal is rendered once. */
export function renderChart(
  options: ChartOptions,
  { digest }: PackagedChart,
  engines: Engines,
): Promise<TemplateResult> {
  const { chart: _, kubernetesVersion, apiVersions: served, ...asked } = options;
  const key = digestParts(['helm', digest, kubernetesVersion, [...served], asked]);
  return makeOnce(engines, key, () => engines.render.template(options));
}

/**
 * A result without the definitions of crds/ where the HelmRelease skips them when it is installed, or upgraded
 * (helm-controller v1.6.3 internal/action/crds.go: what says nothing creates them).
 */
export function withCrds(result: TemplateResult, release: JsonObject, when: 'install' | 'upgrade'): TemplateResult {
  return valueAt(release, ['spec', when, 'crds']) === 'Skip' ? { ...result, crds: [] } : result;
}

/** kubectl and Helm take a List apart; a file of the tree holds one object. */
export function itemsOf(object: JsonObject): readonly JsonObject[] {
  const { kind, items } = object;
  return String(kind).endsWith('List') && Array.isArray(items) ? items.filter(isObject).flatMap(itemsOf) : [object];
}

/** The chart's own definitions say where its custom kinds live. */
export function scopesWith({ objects, crds }: TemplateResult, scopeOf: ScopeOf): ScopeOf {
  const own = new Map<string, 'Cluster' | 'Namespaced'>();
  for (const { object } of [...objects, ...crds].filter(({ kind }) => kind === 'CustomResourceDefinition')) {
    const spec = object.spec as { readonly [key: string]: JsonValue } | undefined;
    const names = isObject(spec?.names) ? spec.names : {};
    own.set(`${spec?.group}/${names.kind}`, spec?.scope === 'Cluster' ? 'Cluster' : 'Namespaced');
  }
  return (apiVersion, kind) => scopeOf(apiVersion, kind) ?? own.get(`${apiVersion.split('/')[0]}/${kind}`);
}
