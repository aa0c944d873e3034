import type { FolderChanges } from '../git/folder-changes.ts';
import type { RemoteFolder } from '../git/remote-folder.ts';
import type { RemoteSession } from '../git/remote-session.ts';
import type { PublishTarget } from '../target/publish-target.ts';
import type { ProvedTree } from '../tree/proved-tree.ts';
import { type BranchChange, judgedFiles, readBranchChange } from './branch-change.ts';
import { type Judgement, judgeChange } from './judge-change.ts';

export interface JudgeFolderInput {
  readonly tree: ProvedTree;
  readonly target: PublishTarget;
  /** Losses that are meant: `spec.acknowledge` of the cluster. */
  readonly acknowledge: readonly string[];
  readonly folder: RemoteFolder;
  readonly changes: FolderChanges;
}

/** Reads the change of a folder in the branch and judges it. A folder that is not there has nothing to lose. */
export async function judgeFolder(
  session: RemoteSession,
  { tree, target, acknowledge, folder, changes }: JudgeFolderInput,
): Promise<{ readonly change: BranchChange; readonly judgement: Judgement }> {
  const change = await readBranchChange(session, { tree, changes }, folder);
  const isNew = folder.entries.size === 0;
  const files = isNew ? { before: [], after: [] } : judgedFiles(change);
  return { change, judgement: judgeChange(files, { cluster: tree.cluster, target, acknowledge }) };
}
