import { diagnostic } from '@fluxwright/diagnostics';
import { valueAt } from '@fluxwright/documents';
import { type FluxTree, namesOf, placeOf, releaseChart, type TreeObject } from '@fluxwright/flux';
import { objectKey } from '@fluxwright/kubernetes';
import { type Component, type ResolvedCluster, skippedReleases as skipped } from '@fluxwright/model';
import type { TreePair } from '../pair/tree-pair.ts';
import type { SeenChange } from './seen-change.ts';

/**
 * Each component whose new version may not follow the one that the old tree installs, since one in between has to run first, as
 * its component.yaml says (`upgrades`). Versions are those of the chart, or the tags of the source.
 */
export function skippedReleases({ before, after }: TreePair, cluster: ResolvedCluster): readonly SeenChange[] {
  return cluster.components.flatMap(({ component }) => {
    const [old, now] = [installed(before, component), installed(after, component)];
    if (old === undefined || now === undefined) return [];
    return skipped(component, old.version, now.version).map(({ through, source, path }): SeenChange => {
      const advice = `install ${through} first, and wait until it is done`;
      const because = `${old.version} has to go through ${through} before ${now.version}`;
      return {
        draft: { kind: 'skipped-release', object: old.object, now: now.object, effect: 'refused', because, advice },
        finding: diagnostic('change/skipped-release', {
          message: `component "${component.name}" goes from ${old.version} to ${now.version}, over ${through}, which has to run in between`,
          primary: component.manifest.locate(['spec', ...now.at]),
          note: `says ${source}`,
          labels: [
            { span: placeOf(old.object, ['spec']), message: `${old.version} is installed` },
            { span: component.manifest.locate(path), message: 'the rule' },
          ],
          help: `${advice}; where it has run, add "${namesOf(old.object)[0]}" to spec.acknowledge of the cluster`,
          cluster: cluster.name,
        }),
      };
    });
  });
}

interface Installed {
  readonly version: string;
  readonly object: TreeObject;
  /** The line of component.yaml that says it, below spec. */
  readonly at: readonly string[];
}

/** What a tree installs of a component: by its HelmRelease, else by its source in git. */
function installed(tree: FluxTree, { name, spec: { namespace } }: Component): Installed | undefined {
  const find = (group: string, kind: string) => tree.byKey.get(objectKey({ group, kind, namespace, name }));
  const release = find('helm.toolkit.fluxcd.io', 'HelmRelease');
  const chart = release && releaseChart(release, tree);
  if (release !== undefined && chart !== undefined)
    return { version: chart.version, object: release, at: ['helm', 'version'] };
  const source = find('source.toolkit.fluxcd.io', 'GitRepository');
  const tag = source && valueAt(source.object, ['spec', 'ref', 'tag']);
  return source !== undefined && typeof tag === 'string'
    ? { version: tag, object: source, at: ['source', 'ref', 'tag'] }
    : undefined;
}
