import { byKey, valueAt } from '@fluxwright/documents';
import { groupOf } from '@fluxwright/kubernetes';
import type { RenderedCluster } from '../data/rendered-cluster.ts';

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
    const group = groupOf(apiVersion);
    if (dataKinds.has(`${kind}.${group}`)) return [[path, 'the data that it keeps']];
    if (component === undefined) return [];
    const { footprint, provides, source } = component.spec;
    const stored = (footprint?.workloads ?? []).filter(({ storage }) => storage !== undefined);
    const volumes = [...new Set(stored.map(({ name }) => name))];
    const own = provides?.dataKinds ?? [];
    if (kind === 'HelmRelease' && volumes.length > 0) return [[path, `the volumes of ${volumes.join(', ')}`]];
    if (kind === 'HelmRelease' && own.length > 0)
      return [[path, `the definition of ${own.join(', ')}, and with it every such object`]];
    const prunes = valueAt(resource.object, ['spec', 'prune']) === true;
    const isSource = source !== undefined && kind === 'Kustomization' && path.startsWith('components/');
    if (isSource && prunes && (provides?.crds ?? []).length > 0)
      return [[path, 'the definitions it applies, and every object of their kinds']];
    return [];
  });
  return Object.fromEntries(found.sort(byKey));
}
