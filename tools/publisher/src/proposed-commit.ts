import { commitMessage } from './commit-message.ts';
import type { FolderChanges } from './git/folder-changes.ts';
import { readCommit } from './git/read-commit.ts';
import type { RemoteSession } from './git/remote-session.ts';
import { writeCommit } from './git/write-commit.ts';
import { madeFrom, type PublishTreeOptions } from './publish-tree.ts';

export interface ProposalBase {
  /** The tip of the target branch. */
  readonly tip: string;
  /** Git's id of the cluster's folder there, or `none`: a person's no to a change holds while it is this one. */
  readonly base: string;
  readonly changes: FolderChanges;
  /** Where our branch is. */
  readonly headTip: string | undefined;
}

/**
 * The one commit our branch should be: the tip of the target branch with the tree in its folder. That is where the branch is
 * already if it is one commit on that tip with the very same files, whoever made it: a forge that brings the branch up to
 * date makes a commit of its own.
 */
export async function proposedCommit(
  { git, objectFormat }: RemoteSession,
  { tree, target, ...options }: PublishTreeOptions,
  { tip, base, changes, headTip }: ProposalBase,
): Promise<{ readonly commit: string; readonly parents: readonly string[] }> {
  const parents = [tip];
  const message = commitMessage({ tree, changes, ...madeFrom(options), base });
  const input = { tree, path: target.path, changes, base: tip, parents, message, format: objectFormat() };
  const commit = await writeCommit(git, input);
  if (headTip === undefined) return { commit, parents };
  const [ours, there] = [await readCommit(git, commit), await readCommit(git, headTip)];
  const isThere = there.tree === ours.tree && there.parents.length === 1 && there.parents[0] === tip;
  return { commit: isThere ? headTip : commit, parents };
}
