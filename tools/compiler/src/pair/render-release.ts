import { type JsonObject, valueAt } from '@fluxwright/documents';
import type { ReleaseChart, TreeObject } from '@fluxwright/flux';
import { engineLimit, type HelmObject, helmObject } from '@fluxwright/flux';
import { knownScope } from '@fluxwright/kubernetes';
import type { ResolvedCluster } from '@fluxwright/model';
import { RenderError, type TemplateResult } from 'flux-render-wasm';
import type { PackagedChart } from '../engines/chart-library.ts';
import type { Engines } from '../engines/engines.ts';
import { chartOptions, chartTarget, itemsOf, renderChart, scopesWith, withCrds } from '../render/chart/render-chart.ts';

/** A HelmRelease of a tree, and the chart it installs. */
export interface ChartedRelease {
  readonly release: TreeObject;
  readonly named: ReleaseChart;
  readonly chart: PackagedChart;
}

/**
 * What Helm makes of a HelmRelease that a tree holds, as helm-controller would in this cluster; a reason where that cannot be
 * told. Values that lie in other objects are not known.
 */
export async function renderRelease(
  { release, named, chart }: ChartedRelease,
  cluster: ResolvedCluster,
  engines: Engines,
): Promise<readonly HelmObject[] | string> {
  const { object } = release;
  if (valueAt(object, ['spec', 'valuesFrom']) !== undefined) return 'some of its values lie in other objects';
  const options = chartOptions(object, chart, chartTarget(cluster, engines));
  try {
    const result = withCrds(await renderChart(options, chart, engines), object, 'upgrade');
    return objectsOf(result, { release, named, chart }, { cluster, namespace: options.release.namespace });
  } catch (error) {
    if (error instanceof RenderError) return error.fault.message;
    const reason = engineLimit(error);
    if (reason === undefined) throw error;
    return reason;
  }
}

function objectsOf(
  result: TemplateResult,
  { release, named }: ChartedRelease,
  { cluster, namespace: place }: { readonly cluster: ResolvedCluster; readonly namespace: string },
): readonly HelmObject[] {
  const dataKinds = dataKindsOf(cluster);
  const scopeOf = scopesWith(result, knownScope);
  return [...result.crds, ...result.objects, ...result.hooks].flatMap((made) =>
    itemsOf(made.object as JsonObject).flatMap((object) => {
      const said = valueAt(object, ['metadata', 'namespace']);
      const isNamespaced = scopeOf(String(object.apiVersion), String(object.kind)) !== 'Cluster';
      const namespace = typeof said === 'string' ? said : isNamespaced ? place : undefined;
      if (typeof valueAt(object, ['metadata', 'name']) !== 'string') return [];
      return [helmObject(object, { release, chartSpan: named.span, namespace, file: made.file ?? '', dataKinds })];
    }),
  );
}

/** `<Kind>.<group>` of the custom kinds that a cluster's components say hold data. */
export function dataKindsOf({ components }: ResolvedCluster): ReadonlySet<string> {
  return new Set(components.flatMap(({ component }) => component.spec.provides?.dataKinds ?? []));
}
