import type { Diagnostic } from '@fluxwright/diagnostics';
import { treePair } from '../change/tree-pair.ts';
import type { OutputTree } from '../data/output-tree.ts';
import type { RenderedCluster } from '../data/rendered-cluster.ts';
import { releasedNow } from '../release/pair-releases.ts';
import { simulateTree } from './simulate-tree.ts';
import { simulationFindings } from './simulation-findings.ts';

/** What of a cluster's tree can never become ready on an empty cluster. */
export function simulateCluster(tree: OutputTree, rendered: RenderedCluster): readonly Diagnostic[] {
  const { after } = treePair(tree, rendered, { previous: [], shown: `generated/${tree.cluster}` });
  const releases = releasedNow(rendered, after);
  const found = simulationFindings(simulateTree({ ...after, releases }), rendered);
  return found.map((each) => ({ ...each, cluster: tree.cluster }));
}
