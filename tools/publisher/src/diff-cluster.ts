import type { ClusterComponents } from '@fluxwright/compiler';
import type { Diagnostic } from '@fluxwright/diagnostics';
import { changeDangers, keptObjects } from './change/change-dangers.ts';
import { holdsTree } from './change/holds-tree.ts';
import type { Judgement } from './change/judge-change.ts';
import { judgeFolder } from './change/judge-folder.ts';
import type { ClusterPlan } from './diff/cluster-plan.ts';
import { diffTrees } from './diff/diff-trees.ts';
import type { FileSet } from './diff/file-set.ts';
import { oddEntries } from './diff/odd-entry.ts';
import { overlappingFolder } from './git/branch-findings.ts';
import { folderChanges } from './git/folder-changes.ts';
import { readRemoteFolder } from './git/remote-folder.ts';
import type { RemoteSession } from './git/remote-session.ts';
import type { PreparedCluster } from './prepare-clusters.ts';

/** A plan, and what stands against publishing it. */
export interface ClusterDiff {
  readonly plan: ClusterPlan;
  readonly judgement: Judgement;
  /** What the folder is, where it is another cluster's. */
  readonly others: readonly Diagnostic[];
}

export interface DiffTask extends Pick<PreparedCluster, 'cluster' | 'target' | 'tree' | 'acknowledge'> {
  readonly components?: ClusterComponents | undefined;
  /** The folder may be another cluster's. */
  readonly adopt?: boolean;
}

/**
 * Compares a proved tree with its branch. Contents of files are fetched for those that differ only. `tip` is a commit of
 * the branch that is already fetched. Throws a GitFailure where git or the server fails; a branch that does not exist is
 * an empty one.
 */
export async function diffCluster(
  session: RemoteSession,
  { cluster, target, tree, acknowledge, components, adopt = false }: DiffTask,
  knownTip?: string,
): Promise<ClusterDiff> {
  const tip = knownTip ?? (await session.fetch([target.branch])).get(target.branch);
  const folder = await readRemoteFolder(session.git, tip, target.path);
  const differing = folderChanges(tree, folder);
  const isHeld = await holdsTree(session, { tree, folder, changes: differing });
  const changes = isHeld ? { ...differing, write: [], remove: [] } : differing;
  const judged = { tree, target, acknowledge, components, folder, changes, adopt };
  const { change, judgement } = await judgeFolder(session, judged);
  const diff = diffTrees({
    cluster,
    before: change.old,
    after: readAll(tree.read, changes.write),
    trees: judgement.trees,
    dangers: changeDangers(judgement.plan),
    kept: keptObjects(judgement.plan),
    odd: oddEntries(folder, [...changes.write, ...changes.remove]),
  });
  const base =
    tip === undefined ? {} : { base: { commit: tip, ...(folder.id !== undefined && { folder: folder.id }) } };
  const { overlaps } = folder;
  const others = [
    ...(overlaps === undefined ? [] : [overlappingFolder(cluster, target, overlaps)]),
    ...judgement.findings.filter(({ code }) => code === 'publish/foreign-folder'),
  ];
  return { plan: { cluster, target, ...base, input: tree.input, diff }, judgement, others };
}

function readAll(read: (path: string) => Buffer, paths: readonly string[]): FileSet {
  return new Map(paths.map((path) => [path, read(path)]));
}
