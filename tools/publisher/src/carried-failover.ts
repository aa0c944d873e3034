import { join } from 'node:path';
import { type Diagnostic, diagnostic, hasErrors } from '@fluxwright/diagnostics';
import { eachRepository, scratchFolder } from './each-repository.ts';
import { readRemoteFolder } from './git/remote-folder.ts';
import type { ConnectOptions } from './git/scratch-repository.ts';
import { carriesFailover, type FailoverPlace, readKeptFailover } from './kept-failover.ts';
import { readTargets } from './prepare-clusters.ts';
import { atCluster } from './target/at-cluster.ts';

export interface CarriedOptions extends ConnectOptions {
  readonly root: string;
  readonly cluster: string;
}

/** Asks the repository of a cluster whether main carries its failover; findings where it does not, or cannot be asked. */
export async function noCarriedFailover({ root, cluster, ...connect }: CarriedOptions): Promise<readonly Diagnostic[]> {
  const { value, diagnostics } = readTargets({ root, clusters: [cluster] });
  if (hasErrors(diagnostics)) return diagnostics;
  const found = await eachRepository<FailoverPlace, readonly Diagnostic[]>(value, {
    ...connect,
    cacheFolder: join(root, scratchFolder),
    work: async ({ fetch, git }, place) => {
      const { target, branch } = place;
      const tips = await fetch([target.branch, branch]);
      const tip = tips.get(target.branch);
      const kept = await readKeptFailover(git, place, tips.get(branch));
      const carries = kept !== undefined && !('code' in kept);
      const folder = await readRemoteFolder(git, tip, target.path);
      return carries && carriesFailover(kept, tip, folder) ? [] : [noFailover(place)];
    },
    failed: (_, findings) => findings,
  });
  return found.flat();
}

function noFailover({ cluster, target, branch }: FailoverPlace): Diagnostic {
  return diagnostic('dr/no-failover', {
    message: `${target.branch} carries no failover of cluster ${cluster}, so there is nothing to write down`,
    ...atCluster(cluster),
    note: `it is not what publish keeps on branch ${branch}`,
    help: 'where the other cluster is lost and nobody has taken over, use dr failover; where both are well, dr switchover',
    cluster,
  });
}
