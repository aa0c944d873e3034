import { join } from 'node:path';
import type { Diagnostic } from '@fluxwright/diagnostics';
import type { ClusterPlan } from './diff/cluster-plan.ts';
import { diffCluster } from './diff-cluster.ts';
import { eachRepository, scratchFolder } from './each-repository.ts';
import type { ConnectOptions } from './git/scratch-repository.ts';
import { type PreparedCluster, type PrepareOptions, prepareClusters } from './prepare-clusters.ts';

export interface DiffOptions extends PrepareOptions, ConnectOptions {
  /** Called after each cluster: for progress. */
  readonly onCluster?: (cluster: string) => void;
}

export interface DiffResult {
  readonly plans: readonly ClusterPlan[];
  /** Of the compiler and of the servers. With an error among them, plans are missing. */
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: ReadonlyMap<string, string>;
}

/** What publishing clusters would change, by object and field. Reads from the servers and writes nothing anywhere. */
export async function diffClusters(options: DiffOptions): Promise<DiffResult> {
  const prepared = await prepareClusters(options);
  const results = await eachRepository<PreparedCluster, Compared>(prepared.clusters, {
    ...options,
    cacheFolder: join(options.root, scratchFolder),
    work: async (session, task) => {
      const { plan, others } = await diffCluster(session, task);
      return { cluster: task.cluster, plan, diagnostics: others };
    },
    failed: ({ cluster }, diagnostics) => ({ cluster, diagnostics }),
    onDone: ({ cluster }) => options.onCluster?.(cluster),
  });
  return {
    plans: results.flatMap(({ plan }) => plan ?? []),
    diagnostics: [...prepared.diagnostics, ...results.flatMap(({ diagnostics }) => diagnostics)],
    sources: prepared.sources,
  };
}

interface Compared {
  readonly cluster: string;
  readonly plan?: ClusterPlan;
  readonly diagnostics: readonly Diagnostic[];
}
