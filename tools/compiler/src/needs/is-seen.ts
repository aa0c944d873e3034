import type { Component } from '@fluxwright/model';
import type { RenderedCluster } from '../data/rendered-cluster.ts';

/** True where everything that a component brings can be seen: its chart is at hand, and it takes nothing out of a repository. */
export function isSeen({ name, spec }: Component, { charted }: RenderedCluster): boolean {
  if (spec.source !== undefined) return false;
  return spec.helm === undefined || charted.includes(name);
}

/** Where something that a component should make was looked for. */
export function placesOf({ spec }: Component): string {
  const { helm } = spec;
  return helm === undefined
    ? 'it is not in its manifests'
    : `it is neither in its manifests nor in the chart ${helm.chart} ${helm.version}`;
}
