import { resolve } from 'node:path';
import type { Diagnostic } from '@fluxwright/diagnostics';
import { loadWorkspace, readLock, type Workspace } from '@fluxwright/model';
import { defaultCharts, openCharts } from '../engines/chart-library.ts';
import { type Engines, openEngines } from '../engines/engines.ts';
import { workspaceScopes } from '../facts/cluster-kinds.ts';
import { makeRenderCache } from '../render/render-cache.ts';
import { type Observe, unobserved } from './observe.ts';
import { type ClusterRun, runCluster } from './run-cluster.ts';
import type { LineContext, LineEnd } from './run-line.ts';

export interface LineOptions {
  /** The workspace: the folder that holds components/, products/ and clusters/. */
  readonly root: string;
  /** Names of the clusters that are wanted; all by default. [] reads the catalogue alone. */
  readonly clusters?: readonly string[];
  /** Folder of packaged charts, from `root`; `charts` by default. It need not exist. */
  readonly charts?: string | undefined;
  /** Folder where the engines' good verdicts are kept for the next run, from `root`; nothing is kept by default. */
  readonly cache?: string;
  /** Wraps the work of each stage: for measuring. */
  readonly observe?: Observe;
}

/** A workspace that was read, and what its clusters are run with: opened once a command. */
export interface Line extends Disposable {
  readonly workspace: Workspace;
  /** What load has found. */
  readonly diagnostics: readonly Diagnostic[];
  /** The clusters that are wanted and there, in the order asked for. */
  readonly names: readonly string[];
  readonly engines: Engines;
  readonly observe: Observe;
  /** What clusters of other workspaces with this root are run with. */
  readonly context: LineContext;
  /** Runs one of its clusters, to a proved tree by default: then its failover tree, too, where it has copies. */
  run(name: string, until?: LineEnd): Promise<ClusterRun>;
}

/** Reads a workspace and opens the engines; none of them starts before it is needed. Disposing writes down what they found good. */
export function openLine({ root, clusters, charts, cache: folder, observe = unobserved }: LineOptions): Line {
  const { value: workspace, diagnostics } = observe('load', () => loadWorkspace(root, clusters && { clusters }));
  const lock = readLock(root);
  const engines = openEngines({
    charts: openCharts(root, charts ?? defaultCharts, lock.value),
    ...(folder === undefined ? {} : { folder: resolve(root, folder) }),
  });
  const context = { cache: makeRenderCache({ scopeOf: workspaceScopes(workspace) }), engines, observe };
  return {
    workspace,
    diagnostics: [...diagnostics, ...lock.diagnostics],
    names: (clusters ?? workspace.clusterNames).filter((name) => workspace.clusterNames.includes(name)),
    engines,
    observe,
    context,
    run: (name, until = 'proof') => runCluster(workspace, name, { ...context, until }),
    [Symbol.dispose]: () => engines[Symbol.dispose](),
  };
}
