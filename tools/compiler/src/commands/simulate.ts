import type { Diagnostic } from '@fluxwright/diagnostics';
import type { Simulation } from '@fluxwright/flux';
import { simulateTree } from '@fluxwright/flux';
import type { OutputFile, OutputTree } from '../data/output-tree.ts';
import type { RenderedCluster } from '../data/rendered-cluster.ts';
import type { Engines } from '../engines/engines.ts';
import { openLine } from '../line/open-line.ts';
import { runOne } from '../line/run-one.ts';
import { pairReleases } from '../pair/pair-releases.ts';
import { treePair } from '../pair/tree-pair.ts';
import { attachedOf, neverReady, simulateRendered } from '../simulate/simulate-cluster.ts';

export interface SimulateOptions {
  /** The workspace. */
  readonly root: string;
  readonly cluster: string;
  /** Files of the tree that the cluster has applied; an empty cluster by default. */
  readonly previous?: readonly OutputFile[];
  /** Folder of packaged charts, from `root`; `charts` by default. What Helm makes of those in it takes part. */
  readonly charts?: string;
}

export interface SimulateResult {
  /** Absent where the cluster does not compile. */
  readonly simulation?: Simulation;
  readonly diagnostics: readonly Diagnostic[];
  /** Text of every file that was read, for printers. */
  readonly sources: ReadonlyMap<string, string>;
}

/** Simulates what Flux does with the tree that the sources of a cluster make now. Writes nothing. */
export async function simulate({ root, cluster, previous, charts }: SimulateOptions): Promise<SimulateResult> {
  using line = openLine({ root, clusters: [cluster], charts });
  const { tree, rendered, diagnostics, sources } = await runOne(line, 'tree');
  if (tree === undefined || rendered === undefined) return { diagnostics, sources };
  const simulation =
    previous === undefined
      ? simulateRendered(rendered)
      : await simulateStep({ tree, rendered, previous }, line.engines);
  return { simulation, diagnostics: [...diagnostics, ...neverReady(simulation, rendered)], sources };
}

interface Step {
  readonly tree: OutputTree;
  readonly rendered: RenderedCluster;
  readonly previous: readonly OutputFile[];
}

/** What is compared is read alike, of files (docs/decisions/0056). */
async function simulateStep({ tree, rendered, previous }: Step, engines: Engines): Promise<Simulation> {
  const read = treePair(tree, rendered, { previous, shown: `generated/${tree.cluster}` });
  const { pair } = await pairReleases(read, rendered, engines);
  return simulateTree(pair.after, pair.before, { attached: attachedOf(rendered) });
}
