import { join } from 'node:path';
import type { Diagnostic } from '@fluxwright/diagnostics';
import { repositoryKey } from '@fluxwright/model';
import { eachRepository, scratchFolder } from './each-repository.ts';
import type { ConnectOptions } from './git/scratch-repository.ts';
import { type FailoverOutcome, type FailoverTask, keepFailover } from './keep-failover.ts';
import type { Prepared, PreparedCluster } from './prepare-clusters.ts';
import type { PublishOutcome } from './publish-outcome.ts';

export interface KeepOptions extends ConnectOptions {
  readonly root: string;
  readonly source?: string;
}

/** What became of the failover trees, by cluster. */
export type KeptFailovers = ReadonlyMap<string, FailoverOutcome>;

/**
 * Keeps the failover trees of published clusters once all pushes are done, and lets those of others in the same repositories follow
 * main: a commit that is not on top of it is of no use to anybody.
 */
export async function keepFailovers(
  { clusters, copies }: Prepared,
  outcomes: readonly PublishOutcome[],
  { root, source, ...connect }: KeepOptions,
): Promise<KeptFailovers> {
  const done = outcomes.filter(({ status }) => status !== 'failed');
  const good = new Set(done.map(({ cluster }) => cluster));
  const all = clusters.filter(({ cluster }) => good.has(cluster)).flatMap((each) => taskOf(each, source));
  // What is no standby any more makes room for its peer in the same repository.
  const own = [...all.filter(({ failover }) => failover === undefined), ...all.filter(({ failover }) => failover)];
  const repositories = new Set(done.map(({ target }) => repositoryKey(target.url)));
  const prepared = new Set(clusters.map(({ cluster }) => cluster));
  const others = copies.filter(
    ({ cluster, target }) => !prepared.has(cluster) && repositories.has(repositoryKey(target.url)),
  );
  const results = await eachRepository<FailoverTask, FailoverOutcome & { readonly cluster: string }>(
    [...own, ...others],
    {
      ...connect,
      cacheFolder: join(root, scratchFolder),
      work: async (session, task) => ({ cluster: task.cluster, ...(await keepFailover(session, task)) }),
      failed: ({ cluster }, diagnostics: readonly Diagnostic[]) => ({ cluster, diagnostics }),
    },
  );
  return new Map(results.map(({ cluster, ...outcome }) => [cluster, outcome]));
}

function taskOf(
  { cluster, target, tree, failover }: PreparedCluster,
  source: string | undefined,
): readonly FailoverTask[] {
  if (failover === undefined) return [];
  const { branch, tree: kept } = failover;
  return [{ cluster, target, branch, tree, ...(kept && { failover: kept }), ...(source !== undefined && { source }) }];
}
