import type { Nano } from '@fluxwright/kubernetes';

/** The storage of pods that have these volumes each. */
export function storageOf(
  volumes: readonly Nano[],
  pods: number,
): { readonly storage: Nano; readonly volumes: readonly Nano[] } {
  const all = Array.from({ length: pods }, () => volumes).flat();
  return { storage: all.reduce((sum, size) => sum + size, 0n), volumes: all };
}
