import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { type FileRecord, parseRecord, provenancePath, recordPath } from '@fluxwright/compiler';
import type { FolderChanges } from '../git/folder-changes.ts';
import type { RemoteFolder } from '../git/remote-folder.ts';
import type { RemoteSession } from '../git/remote-session.ts';
import type { ProvedTree } from '../tree/proved-tree.ts';

export interface HeldTree {
  readonly tree: ProvedTree;
  readonly folder: RemoteFolder;
  readonly changes: FolderChanges;
}

/**
 * True where a folder in the branch holds a tree already, and nothing is to publish: it has the same files, or differs in the
 * two that say where the others come from alone. Those follow the sources, so a comment there changes them; Flux reads
 * neither. They must be whole and of these very files, or they are written (docs/decisions/0034).
 */
export async function holdsTree(session: RemoteSession, { tree, folder, changes }: HeldTree): Promise<boolean> {
  const { write, remove } = changes;
  if (write.length + remove.length === 0) return true;
  const isOrigin = (path: string): boolean => path === recordPath || path === provenancePath;
  if (remove.length > 0 || !write.every((path) => isOrigin(path) && isPlain(folder, path))) return false;
  const ids = [recordPath, provenancePath].map((path) => folder.entries.get(path)?.id);
  const contents = await session.contents(ids.filter((id) => id !== undefined));
  const [record, provenance] = ids.map((id) => (id === undefined ? undefined : contents.get(id)));
  const there = readRecord(record);
  const next = readRecord(tree.read(recordPath));
  if (there === undefined || next === undefined) return false;
  const digest = provenance && `sha256:${createHash('sha256').update(provenance).digest('hex')}`;
  return there.files[provenancePath] === digest && isDeepStrictEqual(withoutOrigin(there), withoutOrigin(next));
}

function isPlain({ entries }: RemoteFolder, path: string): boolean {
  return entries.get(path)?.mode === '100644';
}

function readRecord(bytes: Buffer | undefined): FileRecord | undefined {
  return parseRecord(bytes?.toString('utf8') ?? '');
}

/** What a record says of the files that Flux reads. */
function withoutOrigin({ cluster, data, files }: FileRecord) {
  const { [provenancePath]: _, ...rest } = files;
  return { cluster, data, files: rest };
}
