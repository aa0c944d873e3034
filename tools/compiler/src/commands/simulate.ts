import type { Diagnostic } from '@fluxwright/diagnostics';
import type { Simulation } from '@fluxwright/flux';
import { simulateTree, simulationFindings } from '@fluxwright/flux';
import type { OutputFile } from '../data/output-tree.ts';
import { openLine } from '../line/open-line.ts';
import { runOne } from '../line/run-one.ts';
import { pairReleases } from '../pair/pair-releases.ts';
import { treePair } from '../pair/tree-pair.ts';
import { locateIn } from '../simulate/locate-in.ts';

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
  const read = treePair(tree, rendered, { previous: previous ?? [], shown: `generated/${cluster}` });
  const { pair } = await pairReleases(read, rendered, line.engines);
  const { before, after } = pair;
  const simulation = simulateTree(after, previous === undefined ? undefined : before);
  return { simulation, diagnostics: [...diagnostics, ...simulationFindings(simulation, locateIn(rendered))], sources };
}
