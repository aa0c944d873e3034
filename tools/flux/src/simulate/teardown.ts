import { wavesOf } from '@fluxwright/documents';
import type { FluxNode } from '../tree/flux-node.ts';

/** How FluxKustomizations go away. */
export interface Teardown {
  /** In this order nothing loses what it still needs: each list can go in one commit. */
  readonly order: readonly (readonly string[])[];
  /** Pairs of one commit of which the first still needs the second: Flux deletes both at once. */
  readonly races: readonly (readonly [needs: string, needed: string])[];
  /** Those whose deletion policy is Orphan: all they made stays. */
  readonly stay: readonly string[];
}

/**
 * The order to remove FluxKustomizations in. Flux deletes whatever leaves its parent's folder without regard to `dependsOn`, so a
 * custom resource and the operator that must finalize it go at once when one commit removes both
 * (https://github.com/fluxcd/kustomize-controller/blob/main/docs/spec/v1/kustomizations.md, "Garbage collection").
 */
export function planTeardown(removed: readonly FluxNode[]): Teardown {
  const going = removed.filter(({ deletionPolicy }) => deletionPolicy !== 'Orphan');
  const dependants = new Map<string, string[]>(going.map(({ key }) => [key, []]));
  const races: (readonly [string, string])[] = [];
  for (const { key, dependsOn } of going) {
    for (const needed of dependsOn) {
      const list = dependants.get(needed);
      list?.push(key);
      if (list !== undefined) races.push([key, needed]);
    }
  }
  const waves = wavesOf(dependants.keys(), (key) => dependants.get(key) ?? []);
  const order = [...Map.groupBy(waves.keys(), (key) => waves.get(key) ?? 0)].sort(([a], [b]) => a - b);
  const stay = removed.filter(({ deletionPolicy }) => deletionPolicy === 'Orphan').map(({ key }) => key);
  return { order: order.map(([, keys]) => keys.sort()), races, stay };
}
