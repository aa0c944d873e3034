import { byKey } from '@fluxwright/documents';
import { parseQuantity } from '@fluxwright/kubernetes';
import type { RenderedCluster } from '../data/rendered-cluster.ts';
import { filledText } from '../template/value-of-text.ts';

/**
 * The size of each volume that the charts of a cluster ask for, by what their components say (`footprint.workloads[].storage`): path of the
 * HelmRelease → workload → size. A tree records it, since the values of a chart do not tell which of them is the size of what.
 */
export function volumeSizes({
  cluster,
  resources,
}: RenderedCluster): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const components = new Map(cluster.components.map((each) => [each.component.name, each]));
  const found = resources.flatMap(({ kind, path, origin }) => {
    const resolved = components.get(origin.stage?.component ?? '');
    if (kind !== 'HelmRelease' || resolved === undefined) return [];
    const workloads = resolved.component.spec.footprint?.workloads ?? [];
    const sizes = workloads.flatMap(({ name, storage }, index) => {
      if (storage === undefined) return [];
      const at = { path: ['spec', 'footprint', 'workloads', index, 'storage'], said: storage };
      const size = filledText(cluster, resolved, at).value?.value;
      return size === undefined || parseQuantity(size) === undefined ? [] : [[name, size] as const];
    });
    return sizes.length === 0 ? [] : [[path, Object.fromEntries(sizes.sort(byKey))] as const];
  });
  return Object.fromEntries(found.sort(byKey));
}
