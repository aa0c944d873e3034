import { type Diagnostic, diagnostic } from '@fluxwright/diagnostics';
import { valueAt } from '@fluxwright/documents';
import type { FluxTree, TreeObject } from '@fluxwright/flux';
import {
  chartSource,
  type HelmObject,
  helmObject,
  placeOf,
  type ReleaseChart,
  type Releases,
  releaseChart,
  releasesIn,
} from '@fluxwright/flux';
import type { RenderedCluster } from '../data/rendered-cluster.ts';
import type { Engines } from '../engines/engines.ts';
import { dataKindsOf, renderRelease } from './render-release.ts';
import type { TreePair } from './tree-pair.ts';

/** Two trees with what Helm makes of their releases. */
export interface ReleasedPair {
  readonly pair: TreePair;
  /** Hints: releases whose upgrade nobody can judge, since what they install now is not at hand. */
  readonly unseen: readonly Diagnostic[];
}

/**
 * Adds to a pair of trees what Helm makes of the releases whose charts are at hand. What the compiler has rendered stands for
 * releases that do not change; those that do are rendered as both trees have them, with the charts that these name.
 */
export async function pairReleases(
  { before, after }: TreePair,
  rendered: RenderedCluster,
  engines: Engines,
): Promise<ReleasedPair> {
  const now = new Map(releasedNow(rendered, after));
  const old = new Map<string, readonly HelmObject[]>();
  const unseen: Diagnostic[] = [];
  const next = releasesIn(after);
  const made = async (release: TreeObject, tree: FluxTree): Promise<readonly HelmObject[] | Diagnostic> => {
    const named = releaseChart(release, tree);
    const chart = named && engines.charts.find(named.name, named.version);
    if (named === undefined || chart === undefined)
      return chartUnseen(release, named, `it is not in ${engines.charts.folder}`);
    const found = await renderRelease({ release, named, chart }, rendered.cluster, engines);
    return typeof found === 'string' ? chartUnseen(release, named, found) : found;
  };
  for (const [key, release] of releasesIn(before)) {
    const same = next.get(key);
    if (same !== undefined && isSame([release, before], [same, after])) {
      const known = now.get(key);
      if (known !== undefined) old.set(key, known);
      continue;
    }
    const found = await made(release, before);
    const fresh = same && (await made(same, after));
    if (!isFinding(found)) old.set(key, found);
    if (fresh === undefined || isFinding(fresh)) continue;
    now.set(key, fresh);
    if (isFinding(found)) unseen.push(found);
  }
  const { name: cluster } = rendered.cluster;
  return {
    pair: { before: { ...before, releases: old }, after: { ...after, releases: now } },
    unseen: unseen.map((each) => ({ ...each, cluster })),
  };
}

/** What the compiler rendered, by the HelmRelease it is of. */
export function releasedNow({ cluster, released }: RenderedCluster, tree: FluxTree): Releases {
  const releases = releasesIn(tree);
  const dataKinds = dataKindsOf(cluster);
  const made = Map.groupBy(released, ({ origin }) => origin.stage?.component ?? '');
  const found = cluster.components.flatMap(({ component }): [string, readonly HelmObject[]][] => {
    const objects = made.get(component.name);
    const key = `${component.spec.namespace}/${component.name}`;
    const release = releases.get(key);
    if (objects === undefined || release === undefined) return [];
    const chartSpan = releaseChart(release, tree)?.span ?? placeOf(release, ['metadata', 'name']);
    const read = objects.map(({ object, namespace, chart: file = '' }) =>
      helmObject(object, { release, chartSpan, namespace, file, dataKinds }),
    );
    return [[key, read]];
  });
  return new Map(found);
}

function isFinding(found: readonly HelmObject[] | Diagnostic): found is Diagnostic {
  return 'code' in found;
}

/** True where helm-controller finds nothing new: the HelmRelease and what holds its chart are as before. */
function isSame([release, tree]: [TreeObject, FluxTree], [other, otherTree]: [TreeObject, FluxTree]): boolean {
  const [spec, otherSpec] = [release, other].map(({ object }) => JSON.stringify(valueAt(object, ['spec'])));
  const [source, otherSource] = [chartSource(release, tree), chartSource(other, otherTree)];
  return spec === otherSpec && JSON.stringify(source?.object) === JSON.stringify(otherSource?.object);
}

function chartUnseen(release: TreeObject, named: ReleaseChart | undefined, why: string): Diagnostic {
  const { namespace, name } = release;
  const what = named === undefined ? 'the chart' : `the chart ${named.name} ${named.version}`;
  return diagnostic('change/chart-unseen', {
    message: `nobody can tell what the change of HelmRelease ${namespace}/${name} loses: ${what} of the old tree cannot be rendered`,
    primary: named?.span ?? placeOf(release, ['metadata', 'name']),
    note: why,
    help: 'keep the chart that is installed beside the new one while you change it',
  });
}
