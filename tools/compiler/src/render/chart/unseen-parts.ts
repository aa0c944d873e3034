import { listWords } from '@fluxwright/diagnostics';
import type { RenderedCluster } from '../../data/rendered-cluster.ts';

/**
 * What of a cluster nobody could look into, in words for its line of a report: charts that are not at hand, what comes out of
 * other repositories, and charts that ask the cluster for objects, so that an upgrade may make something else. [] where all is seen.
 */
export function unseenParts({ cluster, charted, asking }: RenderedCluster): readonly string[] {
  const components = cluster.components.map(({ component }) => component);
  const charts = components.filter(({ spec }) => spec.helm !== undefined);
  const missing = charts.filter(({ name }) => !charted.includes(name));
  const named = missing.map(({ spec }) => `${spec.helm?.chart.split('/').at(-1)} ${spec.helm?.version}`);
  const elsewhere = components.filter(({ spec }) => spec.source !== undefined).map(({ name }) => name);
  const all = missing.length > 1 && missing.length === charts.length;
  return [
    ...(missing.length === 0
      ? []
      : [all ? `none of its ${missing.length} charts at hand` : `charts not at hand: ${listWords(named, 'and')}`]),
    ...(elsewhere.length === 0 ? [] : [`not looked into, of other repositories: ${listWords(elsewhere, 'and')}`]),
    ...(asking.length === 0
      ? []
      : [`seen as on a first install, since the chart asks the cluster: ${listWords(asking, 'and')}`]),
  ];
}
