import { parseQuantity } from '@fluxwright/kubernetes';
import type { FluxTree } from '../tree/flux-tree.ts';
import type { TreeObject } from '../tree/tree-object.ts';

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
