import { type Diagnostic, diagnostic, didYouMean } from '@fluxwright/diagnostics';
import { atCluster } from '../target/at-cluster.ts';
import type { PublishTarget } from '../target/publish-target.ts';

/** The finding for a branch that is not there while others are. */
export function missingBranch(cluster: string, target: PublishTarget, branches: readonly string[]): Diagnostic {
  return diagnostic('publish/missing-branch', {
    message: `cluster ${cluster} is not published: the repository has no branch ${JSON.stringify(target.branch)}`,
    ...atCluster(cluster),
    help: didYouMean(target.branch, branches) ?? 'make the branch, or publish with --create-branch',
    cluster,
  });
}

/** The finding where somebody else changed the cluster's folder since it was looked at. */
export function movedFolder(cluster: string, target: PublishTarget): Diagnostic {
  return diagnostic('publish/moved', {
    message: `cluster ${cluster} is not published: ${target.path} in ${target.branch} has changed since it was looked at`,
    ...atCluster(cluster),
    help: 'look at the difference again (fluxwright diff) and publish again',
    cluster,
  });
}

/** The finding for a folder that holds something, and no record of ours. */
export function foreignFolder(cluster: string, target: PublishTarget, inTheWay: string | undefined): Diagnostic {
  return diagnostic('publish/foreign-folder', {
    message:
      inTheWay === undefined
        ? `cluster ${cluster} is not published: ${target.path} in ${target.branch} holds files and no .fluxwright.json`
        : `cluster ${cluster} is not published: ${inTheWay} in ${target.branch} is no folder`,
    ...atCluster(cluster),
    help:
      inTheWay === undefined
        ? 'name another folder in git.path, or replace what is there with --adopt'
        : 'name another folder in git.path',
    cluster,
  });
}

/** The finding for a folder in which, or around which, another cluster has its own. */
export function overlappingFolder(cluster: string, target: PublishTarget, other: string): Diagnostic {
  return diagnostic('publish/foreign-folder', {
    message: `cluster ${cluster} is not published: ${other} in ${target.branch} has a .fluxwright.json of its own, and ${target.path} ${
      other.startsWith(`${target.path}/`) ? 'is around it' : 'lies in it'
    }`,
    ...atCluster(cluster),
    help: `give each cluster a folder outside of the others (git.path); where nobody needs ${other} any more, remove it from the branch first`,
    cluster,
  });
}

/** The finding for a folder that the record in it gives to another cluster. */
export function foldersOwner(cluster: string, target: PublishTarget, owner: string): Diagnostic {
  return diagnostic('publish/foreign-folder', {
    message: `cluster ${cluster} is not published: ${target.path} in ${target.branch} is the folder of cluster ${owner}`,
    ...atCluster(cluster),
    help: `name another folder in git.path; where ${owner} is only the old name of ${cluster}, publish once with --adopt`,
    cluster,
  });
}
