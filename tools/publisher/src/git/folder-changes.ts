import { memo } from '@fluxwright/documents';
import { blobId, type ObjectFormat } from '../tree/blob-id.ts';
import type { ProvedTree } from '../tree/proved-tree.ts';
import type { RemoteFolder } from './remote-folder.ts';

/** What has to happen to a folder in the branch so that it holds a tree; paths from the folder, sorted. */
export interface FolderChanges {
  readonly write: readonly string[];
  readonly remove: readonly string[];
  /** Git's ids of all files of the tree, by path, in the format of the repository. */
  readonly ids: ReadonlyMap<string, string>;
}

/** Compares a tree with a folder in the branch by git's ids of the contents, without the contents of the branch. */
export function folderChanges(tree: ProvedTree, folder: RemoteFolder): FolderChanges {
  const ids = blobIds(tree, (folder.id ?? '').length === 64 ? 'sha256' : 'sha1');
  const write = tree.paths.filter((path) => {
    const entry = folder.entries.get(path);
    return entry?.mode !== '100644' || entry.id !== ids.get(path);
  });
  return { write, remove: [...folder.entries.keys()].filter((path) => !ids.has(path)).sort(), ids };
}

/** What a change writes, by git's ids of the contents. */
export function contentsById(tree: ProvedTree, { write, ids }: FolderChanges): ReadonlyMap<string, Buffer> {
  return new Map(write.map((path) => [ids.get(path) ?? '', tree.read(path)]));
}

/** Git's ids of the files of a tree: those of the proof, unless the repository has the newer format. */
function blobIds(tree: ProvedTree, format: ObjectFormat): ReadonlyMap<string, string> {
  if (format === 'sha1') return tree.ids;
  return newerIds(tree, format);
}

const newerIds = memo(
  (tree: ProvedTree, format: ObjectFormat): ReadonlyMap<string, string> =>
    new Map(tree.paths.map((path) => [path, blobId(tree.read(path), format)])),
);
