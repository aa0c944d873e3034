import { byKey, valueAt } from '@fluxwright/documents';
import { groupOf } from '@fluxwright/kubernetes';
import type { Component } from '@fluxwright/model';
import type { RenderedCluster, Resource } from '../data/rendered-cluster.ts';

/**
 * Which files of a tree hold objects that data goes with, and what is lost with each: objects of the kinds that components
 * declare (`provides.dataKinds`), releases of charts with volumes, of operators whose definitions hold data kinds, and
 * upstream sources with definitions that Flux prunes. The tree records it, so that the next change can be judged when
 * the component is gone from the workspace. Built-in kinds are not among them: they speak for themselves.
 */
export function dataOfTree({ cluster, resources }: RenderedCluster): Readonly<Record<string, string>> {
  const components = new Map(cluster.components.map(({ component }) => [component.name, component]));
  const dataKinds = new Set(cluster.components.flatMap(({ component }) => component.spec.provides?.dataKinds ?? []));
  const found = resources.flatMap((resource): [string, string][] => {
    const { apiVersion, kind, path, origin } = resource;
    const component = components.get(origin.stage?.component ?? '');
    const isData = dataKinds.has(`${kind}.${groupOf(apiVersion)}`);
    const lost = isData ? 'the data that it keeps' : component && lostWith(resource, component);
    return lost === undefined ? [] : [[path, lost]];
  });
  return Object.fromEntries(found.sort(byKey));
}

/** What goes with the release of a component, or with what applies its source. */
function lostWith({ kind, path, object }: Resource, { spec }: Component): string | undefined {
  const { footprint, provides, source } = spec;
  const own = provides?.dataKinds ?? [];
  if (kind === 'HelmRelease') {
    const stored = (footprint?.workloads ?? []).filter(({ storage }) => storage !== undefined);
    const volumes = [...new Set(stored.map(({ name }) => name))];
    if (volumes.length > 0) return `the volumes of ${volumes.join(', ')}`;
    return own.length > 0 ? `the definition of ${own.join(', ')}, and with it every such object` : undefined;
  }
  const isSource = source !== undefined && kind === 'Kustomization' && path.startsWith('components/');
  const prunes = isSource && valueAt(object, ['spec', 'prune']) === true;
  const defines = (provides?.crds ?? []).length > 0;
  return prunes && defines ? 'the definitions it applies, and every object of their kinds' : undefined;
}
