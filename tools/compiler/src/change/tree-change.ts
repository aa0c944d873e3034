import type { Diagnostic } from '@fluxwright/diagnostics';
import { type ChangePlan, changeFindings, type FluxTree, planChange } from '@fluxwright/flux';
import { objectKey } from '@fluxwright/kubernetes';
import type { OutputFile, OutputTree } from '../data/output-tree.ts';
import type { RenderedCluster } from '../data/rendered-cluster.ts';
import type { Engines } from '../engines/engines.ts';
import { pairReleases } from '../pair/pair-releases.ts';
import { treePair } from '../pair/tree-pair.ts';
import { clusterComponents } from './cluster-components.ts';
import { componentFindings } from './component-findings.ts';
import { droppedVersions } from './dropped-versions.ts';
import { newSecrets } from './new-secrets.ts';
import { skippedReleases } from './skipped-releases.ts';

/** What the step from an old tree to a new one does. */
export interface TreeChange {
  /** The old tree as Flux sees it. */
  readonly before: FluxTree;
  readonly plan: ChangePlan;
  /** What it loses, what nobody can judge, and the components that leave, are renamed or stay. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface TreeChangeOptions {
  /** Files of the old tree. */
  readonly previous: readonly OutputFile[];
  /** The folder that positions in the old tree name. */
  readonly shown: string;
  readonly engines: Engines;
}

/** Holds a new tree against an old one, with what Helm makes of the charts at hand. */
export async function treeChange(
  tree: OutputTree,
  rendered: RenderedCluster,
  { previous, shown, engines }: TreeChangeOptions,
): Promise<TreeChange> {
  const read = treePair(tree, rendered, { previous, shown });
  const { pair, unseen } = await pairReleases(read, rendered, engines);
  const seen = [
    ...newSecrets(pair, rendered),
    ...droppedVersions(pair, rendered.cluster, engines),
    ...skippedReleases(pair, rendered.cluster),
  ];
  const plan = planChange({
    ...pair,
    further: seen.map(({ draft }) => draft),
    acknowledge: rendered.cluster.spec.acknowledge ?? [],
  });
  const components = componentFindings(pair, plan, clusterComponents(rendered.cluster));
  const meant = new Set(plan.changes.flatMap((change) => (change.acknowledged ? objectKey(change.object) : [])));
  const own = seen.flatMap(({ draft, finding }) => (meant.has(objectKey(draft.object)) ? [] : finding));
  return { before: pair.before, plan, diagnostics: [...changeFindings(plan), ...unseen, ...own, ...components] };
}
