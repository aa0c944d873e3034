import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { followLink, type ReadLog, tooLarge, unreadable } from './read-text.ts';

/** Names of the folders in a folder of the workspace, sorted, symlinks that stay in the workspace followed; [] where it is absent. */
export function listFolders(log: ReadLog, folder: string): readonly string[] {
  if (!followLink(log, folder, '')) return [];
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

/** More than any component has: links that lead back and forth would make a tree of any size. */
const mostFiles = 10_000;
const mostLevels = 32;

/**
 * Every file below a folder, from that folder, sorted. A symlink counts as what it leads to, and is refused where it
 * leaves the folder. Dot files and node_modules are nobody's business here. A folder with more than 10,000 entries or 32
 * levels is refused: then it has no files.
 */
export function listFiles(log: ReadLog, folder: string): readonly string[] {
  const walk: Walk = { log, folder, entries: 0 };
  const files = filesIn(walk, '', []);
  if (walk.fault === undefined) return files.toSorted();
  tooLarge(log, folder, walk.fault);
  return [];
}

interface Walk {
  readonly log: ReadLog;
  readonly folder: string;
  entries: number;
  /** The limit that was met. */
  fault?: string;
}

/** `above` are the real paths of the folders that it is in: a link to one of them would never end. */
function filesIn(walk: Walk, below: string, above: readonly string[]): string[] {
  const { log, folder } = walk;
  const found: string[] = [];
  for (const entry of entriesOf(log, path.posix.join(folder, below))) {
    if (isTooMuch(walk, above.length)) return found;
    const inside = path.posix.join(below, entry.name);
    const file = `${folder}/${inside}`;
    if (entry.isSymbolicLink() && !followLink(log, file, folder)) continue;
    const isInner = entry.isDirectory() || (entry.isSymbolicLink() && isFolder(log, file));
    if (isInner) found.push(...filesBelow(walk, inside, above));
    else found.push(inside);
  }
  return found;
}

function filesBelow(walk: Walk, folder: string, above: readonly string[]): string[] {
  const real = realpathSync(path.join(walk.log.root, walk.folder, folder));
  return above.includes(real) ? [] : filesIn(walk, folder, [...above, real]);
}

/** Counts an entry, and says whether a limit is met. */
function isTooMuch(walk: Walk, levels: number): boolean {
  walk.entries += 1;
  if (walk.entries > mostFiles) walk.fault = `more than ${mostFiles.toLocaleString('en')} files and folders`;
  if (levels >= mostLevels) walk.fault = `folders in folders, more than ${mostLevels} levels`;
  return walk.fault !== undefined;
}

function entriesOf(log: ReadLog, folder: string): readonly Dirent[] {
  const absolute = path.join(log.root, folder);
  try {
    if (statSync(absolute, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
    return readdirSync(absolute, { withFileTypes: true }).filter(
      ({ name }) => !name.startsWith('.') && name !== 'node_modules',
    );
  } catch (error) {
    unreadable(log, folder, error);
    return [];
  }
}

function isFolder(log: ReadLog, file: string): boolean {
  return statSync(path.join(log.root, file), { throwIfNoEntry: false })?.isDirectory() === true;
}
