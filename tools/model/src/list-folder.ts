import { type Dirent, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { followLink, type ReadLog } from './read-text.ts';

/** Names of the folders in a folder of the workspace, sorted, symlinks that stay in the workspace followed; [] where it is absent. */
export function listFolders(log: ReadLog, folder: string): readonly string[] {
  return entriesOf(log, folder)
    .filter(
      (entry) =>
        entry.isDirectory() ||
        (entry.isSymbolicLink() &&
          followLink(log, `${folder}/${entry.name}`, '') &&
          isFolder(log, `${folder}/${entry.name}`)),
    )
    .map((entry) => entry.name)
    .sort();
}

/**
 * Every file below a folder, from that folder, sorted. A symlink counts as what it leads to, and is refused where it
 * leaves the folder. Dot files and node_modules are nobody's business here.
 */
export function listFiles(log: ReadLog, folder: string): readonly string[] {
  return walk(log, folder, '', 0).sort();
}

function walk(log: ReadLog, folder: string, below: string, depth: number): string[] {
  return entriesOf(log, path.posix.join(folder, below)).flatMap((entry) => {
    const inside = path.posix.join(below, entry.name);
    const file = `${folder}/${inside}`;
    if (entry.isSymbolicLink() && !followLink(log, file, folder)) return [];
    const nested = entry.isDirectory() || (entry.isSymbolicLink() && isFolder(log, file));
    // A symlink to a folder above itself would never end.
    return nested ? (depth < 8 ? walk(log, folder, inside, depth + 1) : []) : [inside];
  });
}

function entriesOf(log: ReadLog, folder: string): readonly Dirent[] {
  const absolute = path.join(log.root, folder);
  if (statSync(absolute, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  return readdirSync(absolute, { withFileTypes: true }).filter(
    ({ name }) => !name.startsWith('.') && name !== 'node_modules',
  );
}

function isFolder(log: ReadLog, file: string): boolean {
  return statSync(path.join(log.root, file), { throwIfNoEntry: false })?.isDirectory() === true;
}
