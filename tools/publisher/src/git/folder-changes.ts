import { createHash } from 'node:crypto';
import type { ProvedTree } from '../tree/proved-tree.ts';
import type { RemoteFolder } from './remote-folder.ts';

/** What has to happen to a folder in the branch so that it holds a tree; paths from the folder, sorted. */
export interface FolderChanges {
  readonly write: readonly string[];
  readonly remove: readonly string[];
}

/** Compares a tree with a folder in the branch by git's ids of the contents, without the contents of the branch. */
export function folderChanges(tree: ProvedTree, folder: RemoteFolder): FolderChanges {
  const algorithm = (folder.id ?? '').length === 64 ? 'sha256' : 'sha1';
  const ids = blobIds(tree, algorithm);
  const write = tree.paths.filter((path) => {
    const entry = folder.entries.get(path);
    return entry?.mode !== '100644' || entry.id !== ids.get(path);
  });
  return { write, remove: [...folder.entries.keys()].filter((path) => !ids.has(path)).sort() };
}

type Ids = ReadonlyMap<string, string>;

const known = new WeakMap<ProvedTree, Map<'sha1' | 'sha256', Ids>>();

/** Git's ids of the files of a tree, found once. Asked for while a server is waited for, they cost no time. */
export function blobIds(tree: ProvedTree, algorithm: 'sha1' | 'sha256' = 'sha1'): Ids {
  const all = known.get(tree) ?? new Map<'sha1' | 'sha256', Ids>();
  known.set(tree, all);
  const ids = all.get(algorithm) ?? new Map(tree.paths.map((path) => [path, blobId(tree.read(path), algorithm)]));
  all.set(algorithm, ids);
  return ids;
}

/** Git's id of a file's content: the digest of `blob <size> NUL <content>`. */
function blobId(bytes: Buffer, algorithm: 'sha1' | 'sha256'): string {
  return createHash(algorithm).update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}
