import { listWords } from '@fluxwright/diagnostics';
import type { Component } from '@fluxwright/model';
import type { RenderedCluster } from '../../data/rendered-cluster.ts';

/** More charts than these are counted. */
const mostNamed = 4;

/**
 * What of a cluster nobody could look into, in words for its line of a report: charts that are not at hand, and which of them are known by
 * recorded facts, what comes out of other repositories, and charts that ask the cluster for objects, so that an upgrade may make
 * something else. [] where all is seen.
 */
export function unseenParts({ cluster, charted, recorded, asking }: RenderedCluster): readonly string[] {
  const components = cluster.components.map(({ component }) => component);
  const charts = components.filter(({ spec }) => spec.helm !== undefined);
  const away = charts.filter(({ name }) => !charted.includes(name));
  const facts = new Map(recorded.filter(({ stale }) => stale === undefined).map((each) => [each.component, each]));
  const known = away.filter(({ name }) => facts.has(name));
  const inPart = known.filter(({ name }) => (facts.get(name)?.release.unsure.size ?? 0) > 0).map(({ name }) => name);
  const missing = away.filter(({ name }) => !facts.has(name));
  const elsewhere = components.filter(({ spec }) => spec.source !== undefined).map(({ name }) => name);
  const all = missing.length > 1 && missing.length === charts.length;
  return [
    ...(missing.length === 0
      ? []
      : [
          all
            ? `none of its ${missing.length} charts at hand`
            : `charts not at hand: ${listWords(titles(missing), 'and')}`,
        ]),
    ...(known.length === 0
      ? []
      : [
          `known by recorded facts: ${known.length > mostNamed ? `${known.length} charts` : listWords(titles(known), 'and')}`,
        ]),
    ...(inPart.length === 0 ? [] : [`in part, since they are given other values: ${listWords(inPart, 'and')}`]),
    ...(elsewhere.length === 0 ? [] : [`not looked into, of other repositories: ${listWords(elsewhere, 'and')}`]),
    ...(asking.length === 0
      ? []
      : [`seen as on a first install, since the chart asks the cluster: ${listWords(asking, 'and')}`]),
  ];
}

function titles(components: readonly Component[]): readonly string[] {
  return components.map(({ spec }) => `${spec.helm?.chart.split('/').at(-1)} ${spec.helm?.version}`);
}
