import { by, type JsonObject, valueAt } from '@fluxwright/documents';
import type { Component, ResolvedCluster } from '@fluxwright/model';
import type { Resource } from '../../data/rendered-cluster.ts';
import type { PackagedChart } from '../../engines/chart-library.ts';
import type { Engines } from '../../engines/engines.ts';
import { objectPart } from '../../facts/object-part.ts';
import { factTitle } from '../../facts/object-title.ts';
import { digestParts } from '../../plan/task-digest.ts';
import type { RenderCache } from '../render-cache.ts';
import { type ChartTarget, chartTarget, givenRelease } from './render-chart.ts';
import { templateRelease } from './template-release.ts';

/** What a release was given, or is given instead. */
export interface TriedRelease extends ChartTarget {
  readonly values: JsonObject;
}

/** What came of a trial: the parts of its objects that facts hold, by their titles. */
export interface TrialResult {
  readonly objects: ReadonlyMap<string, JsonObject>;
  /** The CustomResourceDefinitions among them, whole. */
  readonly definitions: readonly JsonObject[];
  readonly lookups: readonly string[];
  readonly appVersion?: string;
}

/** The release of a component whose chart is at hand, to be tried with other values and for other clusters. */
export interface ReleaseTrial {
  readonly chart: PackagedChart;
  readonly release: { readonly name: string; readonly namespace: string };
  readonly given: TriedRelease;
  /** API versions of every kind that has a schema. */
  readonly allApiVersions: readonly string[];
  /** Undefined where the chart refuses what it is given. */
  run(tried: TriedRelease): Promise<TrialResult | undefined>;
}

export interface TrialInput {
  readonly component: Component;
  readonly cluster: ResolvedCluster;
  /** The HelmRelease. */
  readonly release: Resource;
}

const definitionKind = 'CustomResourceDefinition';

/** Opens the release of a component for trials, as a build would render it; undefined where its chart is not at hand. */
export function releaseTrial(
  { component, cluster, release: resource }: TrialInput,
  { cache, engines }: { readonly cache: RenderCache; readonly engines: Engines },
): ReleaseTrial | undefined {
  const { chart: name = '', version = '' } = component.spec.helm ?? {};
  const chart = engines.charts.find(name.split('/').at(-1) as string, version);
  if (chart === undefined) return undefined;
  const { values, release } = givenRelease(resource.object);
  const { schemas } = engines.schemas.forKubernetes(cluster.spec.kubernetes.version);
  const kinds = schemas.listKinds().filter(({ scope }) => scope !== null);
  const given = { values, ...chartTarget(cluster, engines) };
  const all = kinds.flatMap(({ apiVersion, kind }) => [apiVersion, `${apiVersion}/${kind}`]);
  return {
    chart,
    release,
    given,
    allApiVersions: [...new Set([...all, ...given.apiVersions])].sort(),
    async run({ values: tried, ...target }) {
      const object = {
        ...resource.object,
        spec: { ...(valueAt(resource.object, ['spec']) as JsonObject), values: tried },
      };
      const span = resource.origin.span;
      const templated = await templateRelease(
        {
          component,
          chart,
          digest: digestParts(['trial', component.name, target.kubernetesVersion, object]),
          object: { object, span, trace: () => ({ span, reads: [], inside: [] }) },
          values: tried,
        },
        { target, scopeOf: cache.scopeOf, engines, mustRepeat: false },
      );
      const { crds, objects, hooks, findings, lookups, appVersion } = templated;
      if (findings.length > 0) return undefined;
      const all = [...crds, ...objects, ...hooks.map(({ rendered }) => rendered)];
      const parts = all
        .map((each) => objectPart(each.object))
        .map((part) => [factTitle(part, release.namespace), part] as const)
        .sort(by(([title]) => title));
      const definitions = all.map(({ object: each }) => each).filter(({ kind }) => kind === definitionKind);
      return { objects: new Map(parts), definitions, lookups, ...(appVersion !== undefined && { appVersion }) };
    },
  };
}
