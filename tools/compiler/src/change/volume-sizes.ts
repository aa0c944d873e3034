import { byKey } from '@fluxwright/documents';
import { parseQuantity } from '@fluxwright/kubernetes';
import { footprintValue } from '../capacity/footprint-value.ts';
import type { RenderedCluster } from '../data/rendered-cluster.ts';
import type { FluxTree } from '../tree/flux-tree.ts';
import type { TreeObject } from '../tree/tree-object.ts';

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
      const at = { path: ['footprint', 'workloads', index, 'storage'], said: storage };
      const size = footprintValue(cluster, resolved, at).value?.text;
      return size === undefined || parseQuantity(size) === undefined ? [] : [[name, size] as const];
    });
    return sizes.length === 0 ? [] : [[path, Object.fromEntries(sizes.sort(byKey))] as const];
  });
  return Object.fromEntries(found.sort(byKey));
}

/** A volume of a release that would have to become smaller. */
export interface ShrunkVolume {
  readonly workload: string;
  readonly from: string;
  readonly to: string;
}

/** The volumes of a release that the new tree asks to be smaller than the old one did, as both recorded them. */
export function shrunkVolumes(
  [object, before]: readonly [TreeObject, FluxTree],
  [now, after]: readonly [TreeObject, FluxTree],
): readonly ShrunkVolume[] {
  const sizes = after.record?.volumes?.[now.path] ?? {};
  return Object.entries(before.record?.volumes?.[object.path] ?? {}).flatMap(([workload, from]) => {
    const to = sizes[workload];
    const [old, asked] = [parseQuantity(from), parseQuantity(to)];
    return to === undefined || old === undefined || asked === undefined || asked >= old ? [] : [{ workload, from, to }];
  });
}
