import { type Diagnostic, diagnostic } from '@fluxwright/diagnostics';
import { readTrailer } from './commit-message.ts';
import { type CommitFacts, readCommit } from './git/read-commit.ts';
import { type RemoteFolder, readRemoteFolder } from './git/remote-folder.ts';
import type { Git } from './git/run-git.ts';
import { atCluster } from './target/at-cluster.ts';
import type { PublishTarget } from './target/publish-target.ts';

/** Where the failover tree of a cluster is kept: on a branch of the repository that its Flux reads. */
export interface FailoverPlace {
  readonly cluster: string;
  readonly target: PublishTarget;
  readonly branch: string;
}

/** The commit with a cluster's failover tree that an earlier publish made, on top of what main was then. */
export interface KeptFailover extends CommitFacts {
  readonly commit: string;
  readonly folder: RemoteFolder;
  /** Id of the cluster's folder in main that it was made for; `none` where there was none. */
  readonly base: string | undefined;
}

/** What stands on the branch: the cluster's failover tree, a finding where it is something else, nothing. */
export async function readKeptFailover(
  git: Git,
  place: FailoverPlace,
  commit: string | undefined,
): Promise<KeptFailover | Diagnostic | undefined> {
  if (commit === undefined) return undefined;
  const { cluster, target } = place;
  const facts = await readCommit(git, commit);
  const owner = readTrailer(facts.message, 'Step') === 'failover' ? readTrailer(facts.message, 'Cluster') : undefined;
  if (owner !== cluster) return foreignBranch(place, owner);
  const folder = await readRemoteFolder(git, commit, target.path);
  return { ...facts, commit, folder, base: readTrailer(facts.message, 'Base') };
}

/**
 * True where main carries the failover of a cluster: it is at that commit, or has its tree still in the cluster's folder. The
 * record in a tree says what it was made from, so a failover tree never equals the one that it would replace.
 */
export function carriesFailover(kept: KeptFailover, tip: string | undefined, folder: RemoteFolder): boolean {
  return tip === kept.commit || (folder.id !== undefined && folder.id === kept.folder.id);
}

/** The finding where main makes a cluster primary and its sources say that it has copies. */
export function unadoptedFailover({ cluster, target, branch }: FailoverPlace, peer: string): Diagnostic {
  return diagnostic('publish/unadopted-failover', {
    message: `cluster ${cluster} is not published: ${target.branch} carries its failover, which cluster.yaml does not say`,
    ...atCluster(cluster),
    note: `${target.path} there is the tree of branch ${branch}: what takes writes would become a copy again`,
    help: `write down what happened, then build and publish: npx fluxwright dr adopt ${peer} ${cluster}`,
    cluster,
  });
}

function foreignBranch({ cluster, branch }: FailoverPlace, owner: string | undefined): Diagnostic {
  const whose = owner === undefined ? 'commits of somebody else' : `the failover tree of cluster ${owner}`;
  return diagnostic('publish/foreign-branch', {
    message: `the failover tree of cluster ${cluster} is not kept: branch ${branch} holds ${whose}`,
    ...atCluster(cluster),
    note: 'nothing there was changed',
    help:
      owner === undefined
        ? 'name another branch in spec.git.failover, or remove this one where nobody needs it'
        : 'name a branch of its own in spec.git.failover of each; where the other one is no cluster any more, remove the branch',
    cluster,
  });
}
