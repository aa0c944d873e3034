import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseRecord, recordPath } from '../assemble/file-record.ts';
import type { OutputTree } from '../data/output-tree.ts';

/** What has to happen to a folder so that it holds a tree; all paths from the folder, sorted. */
export interface TreeChanges {
  readonly write: ReadonlySet<string>;
  readonly remove: readonly string[];
  /** Files, links and other entries that no run of Fluxwright recorded. */
  readonly foreign: readonly string[];
}

/**
 * Compares a folder with the tree it should hold. Only regular files that the folder's own record lists, or that equal
 * the tree byte for byte, count as ours: without a readable record every other file is foreign. Follows no symlink.
 */
export function treeChanges(folder: string, tree: OutputTree): TreeChanges {
  const present = listFolder(folder);
  const record =
    present.get(recordPath) === 'file' ? parseRecord(readFileSync(join(folder, recordPath), 'utf8')) : undefined;
  const wanted = new Map(tree.files.map(({ path, text }) => [path, text]));
  const write = new Set(wanted.keys());
  const remove: string[] = [];
  const foreign: string[] = [];
  for (const [path, type] of present) {
    const text = wanted.get(path);
    if (type === 'file' && text !== undefined && readFileSync(join(folder, path)).equals(Buffer.from(text)))
      write.delete(path);
    else if (type !== 'file' || !isRecorded(path, record?.files)) foreign.push(path);
    else if (text === undefined) remove.push(path);
  }
  return { write, remove: remove.sort(), foreign: foreign.sort() };
}

function isRecorded(path: string, files: Readonly<Record<string, string>> | undefined): boolean {
  return path === recordPath || (files !== undefined && Object.hasOwn(files, path));
}

/** Everything below a folder that is no folder, as path → whether it is a regular file; empty where there is none. */
function listFolder(folder: string): Map<string, 'file' | 'other'> {
  const found = new Map<string, 'file' | 'other'>();
  const stat = lstatSync(folder, { throwIfNoEntry: false });
  if (stat !== undefined && !stat.isDirectory()) found.set('', 'other');
  else if (stat !== undefined) listInto(folder, '', found);
  return found;
}

function listInto(folder: string, prefix: string, found: Map<string, 'file' | 'other'>): void {
  for (const entry of readdirSync(join(folder, prefix), { withFileTypes: true })) {
    const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
    if (entry.isDirectory()) listInto(folder, path, found);
    else found.set(path, entry.isFile() ? 'file' : 'other');
  }
}
