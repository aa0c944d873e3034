import type { Diagnostic } from '@fluxwright/diagnostics';
import { holdsTree } from './change/holds-tree.ts';
import { commitMessage } from './commit-message.ts';
import { movedFolder } from './git/branch-findings.ts';
import { folderChanges } from './git/folder-changes.ts';
import { refusedPush } from './git/git-diagnostic.ts';
import { deleteBranch, pushCommit } from './git/push-commit.ts';
import { readCommit } from './git/read-commit.ts';
import { type RemoteFolder, readRemoteFolder } from './git/remote-folder.ts';
import type { RemoteSession } from './git/remote-session.ts';
import { writeCommit } from './git/write-commit.ts';
import { type FailoverPlace, type KeptFailover, readKeptFailover } from './kept-failover.ts';
import { type ProvedTree, treeOfBytes } from './tree/proved-tree.ts';

/** A cluster whose failover tree is to be kept. */
export interface FailoverTask extends FailoverPlace {
  /** What main has to hold before; absent for a cluster that is not published now, whose failover tree only follows main. */
  readonly tree?: ProvedTree;
  /** Absent for a cluster that has no copies any more. */
  readonly failover?: ProvedTree;
  /** Revision of the workspace. */
  readonly source?: string;
}

/** What became of it. */
export interface FailoverOutcome {
  /** The commit that holds the failover tree on top of main; absent where none is there to be kept. */
  readonly commit?: string;
  readonly diagnostics: readonly Diagnostic[];
}

const mostAttempts = 5;

/**
 * Keeps a proved failover tree as the one commit on top of main that a Failover Controller may move main to (docs/decisions/0120):
 * main itself is never touched. Where main does not hold the cluster's tree, a pull request waits, and what is kept stays as it is. The branch of a cluster without copies is removed. Throws a GitFailure.
 */
export async function keepFailover(session: RemoteSession, task: FailoverTask): Promise<FailoverOutcome> {
  for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
    const outcome = await keepOnTip(session, task);
    if (outcome !== undefined) return outcome;
  }
  return { diagnostics: [movedFolder(task.cluster, { ...task.target, branch: task.branch })] };
}

/** One try; undefined where the branch has moved meanwhile. */
async function keepOnTip(session: RemoteSession, task: FailoverTask): Promise<FailoverOutcome | undefined> {
  const { target, branch } = task;
  const tips = await session.fetch([target.branch, branch]);
  const tip = tips.get(target.branch);
  const kept = await readKeptFailover(session.git, task, tips.get(branch));
  if (kept !== undefined && 'code' in kept) return { diagnostics: task.failover === undefined ? [] : [kept] };
  const folder = await readRemoteFolder(session.git, tip, target.path);
  const tree = tip === undefined ? 'as it is' : await treeToKeep(session, task, { kept, folder });
  if (tip === undefined || tree === 'as it is') return { diagnostics: [] };
  if (tree !== 'none') return pushFailover(session, task, { tip, tree, kept, folder });
  if (kept !== undefined) await deleteBranch(session, branch, kept.commit);
  return { diagnostics: [] };
}

interface Standing {
  readonly kept: KeptFailover | undefined;
  readonly folder: RemoteFolder;
}

async function treeToKeep(
  session: RemoteSession,
  { cluster, tree, failover }: FailoverTask,
  { kept, folder }: Standing,
): Promise<ProvedTree | 'none' | 'as it is'> {
  if (tree === undefined) {
    // Proved together with what main has of the cluster.
    return kept === undefined || kept.base !== folder.id ? 'as it is' : treeOfFolder(session, cluster, kept.folder);
  }
  if (!(await holdsTree(session, { tree, folder, changes: folderChanges(tree, folder) }))) return 'as it is';
  return failover ?? 'none';
}

async function treeOfFolder(session: RemoteSession, cluster: string, { entries }: RemoteFolder): Promise<ProvedTree> {
  const contents = await session.contents([...entries.values()].map(({ id }) => id));
  const bytes = [...entries].map(([path, { id }]): [string, Buffer] => [path, contents.get(id) ?? Buffer.alloc(0)]);
  return treeOfBytes(cluster, new Map(bytes));
}

async function pushFailover(
  session: RemoteSession,
  { cluster, target, branch, source }: FailoverTask,
  { tip, tree, kept, folder }: Standing & { readonly tip: string; readonly tree: ProvedTree },
): Promise<FailoverOutcome | undefined> {
  const { git } = session;
  const changes = folderChanges(tree, folder);
  const message = commitMessage({
    tree,
    changes,
    step: 'failover',
    base: folder.id ?? 'none',
    ...(source !== undefined && { source }),
  });
  const parents = [tip];
  const input = { tree, path: target.path, changes, base: tip, parents, message, format: session.objectFormat() };
  const commit = await writeCommit(git, input);
  const isThere = kept?.parents.length === 1 && kept.parents[0] === tip;
  if (isThere && kept.tree === (await readCommit(git, commit)).tree) return { commit: kept.commit, diagnostics: [] };
  const expected = kept === undefined ? {} : { expected: kept.commit };
  const result = await pushCommit(session, { branch, commit, parents, ...expected, how: 'replace' });
  if (result.status === 'pushed') return { commit, diagnostics: [] };
  if (result.status === 'moved') return undefined;
  return { diagnostics: [refusedPush({ cluster, target: { ...target, branch } }, result)] };
}
