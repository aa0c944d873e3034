import { resolve } from 'node:path';
import { type Diagnostic, hasErrors, sortDiagnostics } from '@fluxwright/diagnostics';
import type { ResolvedCluster } from '@fluxwright/model';
import type { OutputTree } from '../data/output-tree.ts';
import { defaultCharts } from '../engines/chart-library.ts';
import { noChartsAtHand } from '../engines/no-charts-at-hand.ts';
import { type Line, type LineOptions, openLine } from '../line/open-line.ts';
import type { ClusterRun } from '../line/run-cluster.ts';
import { choicesFor } from '../line/run-line.ts';
import { startEngines } from '../line/start-engines.ts';
import { openLooks } from '../look/cluster-looks.ts';
import { fleetFindings } from '../look/fleet-findings.ts';
import { leftTrees } from '../write/left-trees.ts';
import { outputFault } from '../write/output-folder.ts';
import { recoverTrees } from '../write/write-tree.ts';
import { type ClusterResult, finishCluster, lookedAt } from './cluster-result.ts';

export interface CompileOptions extends LineOptions {
  /** Folder of the trees, from `root`; `generated` by default. */
  readonly output?: string;
  /**
   * Folder where what was found good is kept for the next run, from `root`: the engines' verdicts, so that a run with
   * nothing new starts none of them, and a stamp of each cluster, so that one where nothing has changed costs a look
   * (docs/decisions/0024). Nothing is kept by default.
   */
  readonly cache?: string;
  /** False compiles also the clusters that nothing has changed for. True by default. */
  readonly look?: boolean;
  /** False compiles in memory and touches no tree: findings only. True by default. */
  readonly write?: boolean;
  /** Called after each cluster, in order: for progress. */
  readonly onCluster?: (cluster: ClusterResult, progress: { readonly done: number; readonly total: number }) => void;
  /** Called with each whole tree and the cluster it is of, and its failover tree where it has copies, before it is written: what publish proves a folder with. */
  readonly onTree?: (tree: OutputTree, cluster: ResolvedCluster, failover?: OutputTree) => void;
}

export interface CompileResult {
  /** In the order asked for, by name by default. */
  readonly clusters: readonly ClusterResult[];
  /** All findings, those of the clusters included, sorted by file and line. */
  readonly diagnostics: readonly Diagnostic[];
  /** Text of every file that was read, by its path from the root: printers show lines of it. */
  readonly sources: ReadonlyMap<string, string>;
}

/**
 * Compiles clusters: load → the line of each → write. A cluster with an error writes nothing and keeps the tree it has; so
 * does one whose change would lose data that nobody acknowledged. The others are built. Clusters stream through two at a time, so memory does not grow with their number. Never throws for bad input.
 */
export async function compile(options: CompileOptions): Promise<CompileResult> {
  const { root, write = true } = options;
  const outputRoot = resolve(root, options.output ?? 'generated');
  const refused = write ? outputFault(root, outputRoot) : undefined;
  if (refused !== undefined) return { clusters: [], diagnostics: [refused], sources: new Map() };
  if (write) recoverTrees(outputRoot);
  using line = openLine(options);
  const { workspace, names, observe } = line;
  const folder = options.cache === undefined ? undefined : resolve(root, options.cache);
  // Who asks for trees gets them made.
  const mayLook = folder !== undefined && options.look !== false && options.onTree === undefined;
  const charts = options.charts ?? defaultCharts;
  const looks = mayLook ? openLooks(workspace, { root, outputRoot, folder, charts }) : undefined;
  const fleet = observe('look', () => fleetFindings(workspace, folder));
  // What a choice does hangs on all components, not on those of a cluster alone.
  const canLook = observe('look', () => choicesFor(workspace).length === 0);
  const look = (name: string) => (canLook && !hasErrors(fleet.get(name) ?? []) ? looks?.look(name, write) : undefined);
  const known = new Map(names.map((name) => [name, observe('look', () => look(name))]));
  const changed = names.filter((name) => known.get(name) === undefined);
  const remember = startEngines(line, changed);
  const sources = new Map(workspace.sources);
  const made = runEach(line, changed);
  const clusters: ClusterResult[] = [];
  for (const name of names) {
    const looked = known.get(name);
    const common = fleet.get(name) ?? [];
    const cluster =
      looked === undefined
        ? await finishCluster((await made.next()).value as ClusterRun, {
            line,
            root,
            outputRoot,
            write,
            common,
            sources,
            looks,
            onTree: options.onTree,
          })
        : lookedAt(name, looked, { common, write });
    clusters.push(cluster);
    options.onCluster?.(cluster, { done: clusters.length, total: names.length });
  }
  looks?.end();
  if (clusters.every(({ built }) => built)) remember();
  const left = write && names.length === workspace.clusterNames.length ? leftTrees(outputRoot, names, root) : [];
  const diagnostics = sortDiagnostics([
    ...line.diagnostics,
    ...noChartsAtHand(workspace, options.charts),
    ...left,
    ...clusters.flatMap((each) => each.diagnostics),
  ]);
  return { clusters, diagnostics, sources };
}

/** The clusters in order. One is rendered while the engines judge the one before it in threads of their own. */
async function* runEach(line: Line, names: readonly string[]): AsyncGenerator<ClusterRun> {
  const running: Promise<ClusterRun>[] = [];
  for (const [index, name] of names.entries()) {
    const next = line.run(name);
    // Awaited in its turn; until then a rejection is nobody's.
    next.catch(() => undefined);
    running.push(next);
    if (index > 0) yield await (running.shift() as Promise<ClusterRun>);
  }
  yield* running;
}
