import { type ClusterComponents, parseRecord, recordPath } from '@fluxwright/compiler';
import { foldersOwner } from '../git/branch-findings.ts';
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
  readonly components?: ClusterComponents | undefined;
  readonly folder: RemoteFolder;
  readonly changes: FolderChanges;
  /** The folder may be another cluster's. */
  readonly adopt?: boolean;
}

/**
 * Reads the change of a folder in the branch and judges it. A folder that is not there has nothing to lose; one that is another
 * cluster's is refused for that, and not for what would be lost.
 */
export async function judgeFolder(
  session: RemoteSession,
  { tree, target, acknowledge, components, folder, changes, adopt = false }: JudgeFolderInput,
): Promise<{ readonly change: BranchChange; readonly judgement: Judgement }> {
  const change = await readBranchChange(session, { tree, changes }, folder);
  const { before, after } = judgedFiles(change, folder.entries.size === 0);
  const files = folder.entries.size === 0 ? { before: [], after } : { before, after };
  const judgement = judgeChange(files, { cluster: tree.cluster, target, acknowledge, components });
  const owner = parseRecord(change.old.get(recordPath)?.toString('utf8') ?? '')?.cluster;
  if (owner === undefined || owner === tree.cluster || adopt) return { change, judgement };
  const findings = [foldersOwner(tree.cluster, target, owner)];
  return { change, judgement: { ...judgement, findings, hints: [], sources: new Map() } };
}
