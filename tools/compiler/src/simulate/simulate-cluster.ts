import type { Diagnostic } from '@fluxwright/diagnostics';
import { simulateTree, simulationFindings } from '@fluxwright/flux';
import type { OutputTree } from '../data/output-tree.ts';
import type { RenderedCluster } from '../data/rendered-cluster.ts';
import { releasedNow } from '../pair/pair-releases.ts';
import { treePair } from '../pair/tree-pair.ts';
import { locateIn } from './locate-in.ts';

/** What of a cluster's tree can never become ready on an empty cluster. */
export function simulateCluster(tree: OutputTree, rendered: RenderedCluster): readonly Diagnostic[] {
  const { after } = treePair(tree, rendered, { previous: [], shown: `generated/${tree.cluster}` });
  const releases = releasedNow(rendered, after);
  const found = simulationFindings(simulateTree({ ...after, releases }), locateIn(rendered));
  return found.map((each) => ({ ...each, cluster: tree.cluster }));
}
