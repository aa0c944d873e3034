import type { Component } from '@fluxwright/model';
import type { RenderedCluster } from '../data/rendered-cluster.ts';

/**
 * True where everything that a component brings can be seen: its chart is at hand, or was recorded for what the cluster gives it; and
 * it takes nothing out of a repository.
 */
export function isSeen({ name, spec }: Component, { charted, recorded }: RenderedCluster): boolean {
  if (spec.source !== undefined) return false;
  return (
    spec.helm === undefined ||
    charted.includes(name) ||
    recorded.some(({ component, release }) => component === name && release.isWhole)
  );
}

/** Where something that a component should make was looked for. */
export function placesOf({ spec }: Component): string {
  const { helm } = spec;
  return helm === undefined
    ? 'it is not in its manifests'
    : `it is neither in its manifests nor in the chart ${helm.chart} ${helm.version}`;
}
