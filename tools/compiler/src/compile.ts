import { hash } from 'node:crypto';
import { resolve } from 'node:path';
import { type Diagnostic, hasErrors, sortDiagnostics } from '@fluxwright/diagnostics';
import { idleChoices, loadWorkspace, type ResolvedCluster, type Workspace } from '@fluxwright/model';
import { refuseLoss } from './change/refuse-loss.ts';
import { type CompileContext, type CompiledCluster, compileCluster, type Observe } from './compile-cluster.ts';
import { defaultCharts, openCharts } from './engines/chart-library.ts';
import { openEngines } from './engines/engines.ts';
import { noChartsAtHand } from './engines/no-charts-at-hand.ts';
import { type Looked, openLooks } from './look/cluster-looks.ts';
import { fleetFindings } from './look/fleet-findings.ts';
import type { OutputTree } from './output-tree.ts';
import { makeRenderCache } from './render/render-cache.ts';
import { leftTrees } from './write/left-trees.ts';
import { outputFault } from './write/output-folder.ts';
import { recoverTrees, type WriteResult, writeTree } from './write/write-tree.ts';

export interface CompileOptions {
  /** The workspace: the folder that holds components/, products/ and clusters/. */
  readonly root: string;
  /** Names of the clusters to compile; all by default. */
  readonly clusters?: readonly string[];
  /** Folder of the trees, from `root`; `generated` by default. */
  readonly output?: string;
  /**
   * Folder of packaged charts, `<name>-<version>.tgz`, from `root`; it need not exist. `charts` by default. A HelmRelease
   * whose chart is in it is rendered and checked; a cluster with delivery `rendered` needs all of its charts.
   */
  readonly charts?: string;
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
  /** Called with each whole tree and the cluster it is of, before it is written: what publish proves a folder with. */
  readonly onTree?: (tree: OutputTree, cluster: ResolvedCluster) => void;
  /** Wraps the work of each stage: for measuring. */
  readonly observe?: Observe;
}

export interface ClusterResult {
  readonly name: string;
  /** True where the cluster has a whole tree, and it is on the disk where it was to be written. */
  readonly built: boolean;
  /** Findings of this cluster alone; those of the workspace are in {@link CompileResult}. */
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

export interface CompileResult {
  /** In the order asked for, by name by default. */
  readonly clusters: readonly ClusterResult[];
  /** All findings, those of the clusters included, sorted by file and line. */
  readonly diagnostics: readonly Diagnostic[];
  /** Text of every file that was read, by its path from the root: printers show lines of it. */
  readonly sources: ReadonlyMap<string, string>;
}

/**
 * Compiles clusters: load → resolve → plan → render → validate → assemble → write. A cluster with an error writes
 * nothing and keeps the tree it has; so does one whose change would lose data that nobody acknowledged. The others are
 * built. Clusters stream through two at a time, so memory does not grow with their number. Never throws for bad input.
 */
export async function compile(options: CompileOptions): Promise<CompileResult> {
  const { root, write = true, onCluster, onTree, observe = direct } = options;
  const outputRoot = resolve(root, options.output ?? 'generated');
  const refused = write ? outputFault(root, outputRoot) : undefined;
  if (refused !== undefined) return { clusters: [], diagnostics: [refused], sources: new Map() };
  if (write) recoverTrees(outputRoot);
  const loaded = observe('load', () => loadWorkspace(root, options.clusters && { clusters: options.clusters }));
  const workspace = loaded.value;
  const names = (options.clusters ?? workspace.clusterNames).filter((name) => workspace.clusterNames.includes(name));
  using engines = openEngines({
    charts: openCharts(root, options.charts ?? defaultCharts),
    ...(options.cache === undefined ? {} : { folder: resolve(root, options.cache) }),
  });
  // Who asks for trees gets them made.
  const looks =
    options.cache === undefined || options.look === false || onTree !== undefined
      ? undefined
      : openLooks(workspace, {
          root,
          outputRoot,
          folder: resolve(root, options.cache),
          charts: options.charts ?? defaultCharts,
        });
  const fleet = observe('look', () =>
    fleetFindings(workspace, options.cache === undefined ? undefined : resolve(root, options.cache)),
  );
  // What a choice does hangs on all components, not on those of a cluster alone.
  const canLook = observe('look', () => idleChoices(workspace).length === 0);
  const known = new Map(
    names.map((name) => [name, observe('look', () => (canLook ? looks?.look(name, write) : undefined))]),
  );
  const changed = names.filter((name) => known.get(name) === undefined || hasErrors(fleet.get(name) ?? []));
  const input = inputOf(workspace, names);
  if (changed.length > 0 && engines.verdicts.get(input) === undefined) engines.schemas.warmUp();
  const context = { cache: makeRenderCache(), engines, observe };
  const clusters: ClusterResult[] = [];
  const sources = new Map(workspace.sources);
  const compiled = compileEach(workspace, changed, context);
  const add = (cluster: ClusterResult): void => {
    clusters.push(cluster);
    onCluster?.(cluster, { done: clusters.length, total: names.length });
  };
  for (const name of names) {
    const looked = known.get(name);
    const common = fleet.get(name) ?? [];
    if (looked !== undefined && !hasErrors(common)) {
      add(unchanged(name, { ...looked, diagnostics: [...looked.diagnostics, ...common] }, write));
      continue;
    }
    const { value: made } = await compiled.next();
    if (made === undefined) throw new Error(`nothing came of the cluster ${name}`);
    const { diagnostics, rendered, unchecked, unseen, tree } = made;
    if (tree !== undefined && rendered !== undefined) onTree?.(tree, rendered.cluster);
    const refusal =
      write && tree !== undefined && rendered !== undefined
        ? await observe('write', () => refuseLoss(tree, rendered, { outputRoot, root, engines }))
        : undefined;
    for (const [file, text] of refusal?.sources ?? []) sources.set(file, text);
    const isMeant = write && tree !== undefined && !hasErrors([...common, ...(refusal?.diagnostics ?? [])]);
    const before = isMeant ? looks?.stateOf(name) : undefined;
    const written = isMeant ? observe('write', () => writeTree(outputRoot, tree, root)) : undefined;
    const found = [...(refusal?.diagnostics ?? []), ...(written?.diagnostics ?? [])];
    const all = [...diagnostics, ...common, ...found.map((each) => ({ ...each, cluster: name }))];
    const built = tree !== undefined && !hasErrors(all);
    if (built) looks?.keep(made, written && (isUntouched(written) ? before : looks.stateOf(name)));
    add({
      name,
      built,
      diagnostics: all,
      objects: rendered?.resources.length ?? 0,
      unchecked,
      unseen,
      ...(written && { write: written }),
      looked: false,
    });
  }
  looks?.end();
  if (clusters.every(({ built }) => built)) engines.verdicts.set(input, []);
  const left = write && names.length === workspace.clusterNames.length ? leftTrees(outputRoot, names, root) : [];
  const diagnostics = sortDiagnostics([
    ...loaded.diagnostics,
    ...noChartsAtHand(workspace, options.charts),
    ...left,
    ...clusters.flatMap((each) => each.diagnostics),
  ]);
  return { clusters, diagnostics, sources };
}

function unchanged(
  name: string,
  { diagnostics, objects, unchecked, unseen, files }: Looked,
  write: boolean,
): ClusterResult {
  const result = { name, built: true, diagnostics, objects, unchecked, unseen, looked: true };
  return write ? { ...result, write: { written: [], removed: [], unchanged: files, diagnostics: [] } } : result;
}

function isUntouched({ written, removed }: WriteResult): boolean {
  return written.length + removed.length === 0;
}

/** Tells a run with nothing new, which needs no engine, before it is known what it would ask them. */
function inputOf({ sources }: Workspace, names: readonly string[]): string {
  return hash('sha256', JSON.stringify(['input', names, [...sources]]), 'hex');
}

/** The clusters in order. One is rendered while the engines judge the one before it in threads of their own. */
async function* compileEach(
  workspace: Workspace,
  names: readonly string[],
  context: CompileContext,
): AsyncGenerator<CompiledCluster> {
  const running: Promise<CompiledCluster>[] = [];
  for (const [index, name] of names.entries()) {
    const next = compileCluster(workspace, name, context);
    // Awaited in its turn; until then a rejection is nobody's.
    next.catch(() => undefined);
    running.push(next);
    if (index > 0) yield await (running.shift() as Promise<CompiledCluster>);
  }
  yield* running;
}

const direct: Observe = (_stage, work) => work();
