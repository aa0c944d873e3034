import type { FolderChanges } from './git/folder-changes.ts';
import type { ProvedTree } from './tree/proved-tree.ts';

export interface CommitMessageInput {
  readonly tree: ProvedTree;
  readonly changes: FolderChanges;
  /** Revision of the workspace the tree was made from; absent outside of git. */
  readonly source?: string;
  /** Git's id of the cluster's folder in the target branch that a branch of ours was made for. */
  readonly base?: string;
  /** What the commit is for, where it does not bring the tree of the sources. */
  readonly step?: PublishStep;
}

/** `hold`: the tree of the branch with marks, so that the next one loses nothing. `failover`: that of the cluster as primary. */
export type PublishStep = 'hold' | 'failover';

const titles: Readonly<Record<PublishStep, (cluster: string) => string>> = {
  hold: (cluster) => `Hold what the next change of ${cluster} would lose`,
  failover: (cluster) => `Let ${cluster} take over`,
};

/**
 * The message of a commit: a title, what changes in numbers, and trailers that say what the tree is made from
 * (git-interpret-trailers(1) reads them).
 */
export function commitMessage({ tree, changes, source, base, step }: CommitMessageInput): string {
  const trailers = [
    ['Cluster', tree.cluster],
    ...(source === undefined ? [] : [['Source', source]]),
    ['Input', tree.input],
    ['Content', tree.content],
    ['Compiler', tree.compiler],
    ...(step === undefined ? [] : [['Step', step]]),
    ...(base === undefined ? [] : [['Base', base]]),
  ];
  const counts = `${changes.write.length} files written, ${changes.remove.length} removed.`;
  const title = step === undefined ? `Publish ${tree.cluster}` : titles[step](tree.cluster);
  return `${title}\n\n${counts}\n\n${trailers.map(([key, value]) => `Fluxwright-${key}: ${value}\n`).join('')}`;
}

/** The value of a trailer of ours in a commit's message. */
export function readTrailer(message: string, key: string): string | undefined {
  return new RegExp(`^Fluxwright-${key}: (.*)$`, 'm').exec(message)?.[1];
}
