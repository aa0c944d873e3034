import { type Diagnostic, hasErrors } from '@fluxwright/diagnostics';
import type { ResolvedCluster } from '@fluxwright/model';
import { refuseLoss } from '../change/refuse-loss.ts';
import type { OutputTree } from '../data/output-tree.ts';
import type { Line } from '../line/open-line.ts';
import type { ClusterRun } from '../line/run-cluster.ts';
import type { ClusterLooks, Looked } from '../look/cluster-looks.ts';
import { type WriteResult, writeTree } from '../write/write-tree.ts';

/** What became of a cluster in a build. */
export interface ClusterResult {
  readonly name: string;
  /** True where the cluster has a whole tree, and it is on the disk where it was to be written. */
  readonly built: boolean;
  /** Findings of this cluster alone; those of the workspace are in the result of the build. */
  readonly diagnostics: readonly Diagnostic[];
  /** How many Kubernetes objects its tree holds. */
  readonly objects: number;
  /** The kinds of those that no schema is known of, so that they are unchecked, e.g. `2 FluxReport of fluxcd.controlplane.io/v1`; sorted. */
  readonly unchecked: readonly string[];
  /** What nobody could look into, in words: charts that are not at hand (docs/charts.md), what comes out of other repositories. */
  readonly unseen: readonly string[];
  /** Present where the tree was written, or found equal. */
  readonly write?: WriteResult;
  /** True where nothing had changed since it was last found good: it was looked at, not compiled. */
  readonly looked: boolean;
}

export interface FinishOptions {
  readonly line: Line;
  readonly root: string;
  /** Folder of the trees, absolute. */
  readonly outputRoot: string;
  readonly write: boolean;
  /** What the fleet has against the cluster. */
  readonly common: readonly Diagnostic[];
  /** Takes the old files that findings point into. */
  readonly sources: Map<string, string>;
  readonly looks?: ClusterLooks;
  readonly onTree?: (tree: OutputTree, cluster: ResolvedCluster, failover?: OutputTree) => void;
}

/** Ends the line of a cluster: its tree is written where nothing stands against that. */
export async function finishCluster(made: ClusterRun, options: FinishOptions): Promise<ClusterResult> {
  const { line, root, outputRoot, common, looks, onTree } = options;
  const { name, diagnostics, rendered, tree, failover, unchecked, unseen } = made;
  if (tree !== undefined && rendered !== undefined) onTree?.(tree, rendered.cluster, failover);
  const refused = await lossesOf(made, options);
  const isMeant = options.write && tree !== undefined && !hasErrors([...common, ...refused]);
  const before = isMeant ? looks?.stateOf(name) : undefined;
  const written = isMeant ? line.observe('write', () => writeTree(outputRoot, tree, root)) : undefined;
  const found = [...refused, ...(written?.diagnostics ?? [])];
  const all = [...diagnostics, ...common, ...found.map((each) => ({ ...each, cluster: name }))];
  const built = tree !== undefined && !hasErrors(all);
  if (built) looks?.keep(made, written && (isUntouched(written) ? before : looks.stateOf(name)));
  const objects = rendered?.resources.length ?? 0;
  const result = { name, built, diagnostics: all, objects, unchecked, unseen, looked: false };
  return written === undefined ? result : { ...result, write: written };
}

/** What of the tree that is there the new one would lose. */
async function lossesOf({ tree, rendered }: ClusterRun, options: FinishOptions): Promise<readonly Diagnostic[]> {
  const { line, root, outputRoot, write, sources } = options;
  if (!write || tree === undefined || rendered === undefined) return [];
  const { engines } = line;
  const refusal = await line.observe('write', () => refuseLoss(tree, rendered, { outputRoot, root, engines }));
  for (const [file, text] of refusal.sources) sources.set(file, text);
  return refusal.diagnostics;
}

/** A cluster that nothing has changed for. */
export function lookedAt(
  name: string,
  { diagnostics, objects, unchecked, unseen, files }: Looked,
  { common, write }: { readonly common: readonly Diagnostic[]; readonly write: boolean },
): ClusterResult {
  const result = {
    name,
    built: true,
    diagnostics: [...diagnostics, ...common],
    objects,
    unchecked,
    unseen,
    looked: true,
  };
  return write ? { ...result, write: { written: [], removed: [], unchanged: files, diagnostics: [] } } : result;
}

function isUntouched({ written, removed }: WriteResult): boolean {
  return written.length + removed.length === 0;
}
