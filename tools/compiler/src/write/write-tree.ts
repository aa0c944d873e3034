import { dirname, join } from 'node:path';
import { type Diagnostic, diagnostic } from '@fluxwright/diagnostics';
import type { OutputTree } from '../data/output-tree.ts';
import { shownPath } from '../data/shown-path.ts';
import { errorCode } from './error-code.ts';
import { LockedError } from './output-lock.ts';
import { checkPaths } from './safe-path.ts';
import { stageTree } from './stage-tree.ts';
import { type TreeChanges, treeChanges } from './tree-changes.ts';
import { interruptedClusters, removeIfEmpty, swap, withWorkFolder } from './work-folder.ts';

/** What a write did; paths from the cluster's output folder, sorted. */
export interface WriteResult {
  readonly written: readonly string[];
  readonly removed: readonly string[];
  /** How many files were equal and stayed untouched. */
  readonly unchanged: number;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Makes `<outputRoot>/<cluster>` hold exactly the tree, all or nothing: a kill at any point leaves the old tree or the
 * new one (see {@link withWorkFolder}). Equal files keep inode and time; where all are equal nothing is touched. Files
 * that the folder's record lists and the tree has not are removed. A file that no run recorded stops the write with
 * `write/foreign-file`: it is kept, and so is everything else. What the system refuses becomes `write/failed`.
 * Two runs on one cluster take turns. `root` is the workspace root that positions are counted from.
 */
export function writeTree(outputRoot: string, tree: OutputTree, root: string = dirname(outputRoot)): WriteResult {
  const shown = shownPath(root, join(outputRoot, tree.cluster));
  try {
    checkPaths(outputRoot, tree);
    const folder = join(outputRoot, tree.cluster);
    const before = changesOfFree(folder, tree);
    if (before !== undefined && isNothing(before)) return done(tree, before);
    return withWorkFolder(outputRoot, tree.cluster, (work) => {
      const changes = treeChanges(work.tree, tree);
      if (changes.foreign.length > 0) return { ...nothing, diagnostics: foreignFiles(shown, changes.foreign) };
      if (isNothing(changes)) return done(tree, changes);
      stageTree(tree, { into: work.building, from: work.tree, write: changes.write });
      swap(work);
      return done(tree, changes);
    });
  } catch (error) {
    return { ...nothing, diagnostics: [failed(shown, error)] };
  }
}

/** What a folder that nobody holds needs; undefined where another run replaces it meanwhile. */
function changesOfFree(folder: string, tree: OutputTree): TreeChanges | undefined {
  try {
    return treeChanges(folder, tree);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Brings to an end what killed runs left in `outputRoot`, but for clusters that another run is writing now. */
export function recoverTrees(outputRoot: string): void {
  try {
    for (const cluster of interruptedClusters(outputRoot)) recover(outputRoot, cluster);
  } catch {
    // Not ours to read: the write of a cluster says so.
  }
  removeIfEmpty(outputRoot);
}

function recover(outputRoot: string, cluster: string): void {
  try {
    withWorkFolder(outputRoot, cluster, () => undefined, 0);
  } catch {
    // Locked, or not ours to write: the write of that cluster says so, where there is one.
  }
}

const nothing = { written: [], removed: [], unchanged: 0 } as const;

function isNothing({ write, remove, foreign }: TreeChanges): boolean {
  return write.size === 0 && remove.length === 0 && foreign.length === 0;
}

function done(tree: OutputTree, { write, remove }: TreeChanges): WriteResult {
  return { written: [...write].sort(), removed: remove, unchanged: tree.files.length - write.size, diagnostics: [] };
}

/** More than these are counted, not listed: without its record a whole tree is foreign. */
const mostListed = 5;

function foreignFiles(shown: string, paths: readonly string[]): Diagnostic[] {
  return paths.slice(0, mostListed).map((path, index) => {
    const rest = paths.length - mostListed;
    const more = index === mostListed - 1 && rest > 0 ? ` (and ${rest} more)` : '';
    return diagnostic('write/foreign-file', {
      message: `${shown} holds a file that Fluxwright did not write: ${path}${more}`,
      primary: { file: path === '' ? shown : `${shown}/${path}` },
      help: `move it out of ${shown}, or delete the folder and build again; the tree has not been changed`,
    });
  });
}

const reasons: Readonly<Record<string, { says: string; help: string }>> = {
  ENOSPC: { says: 'the disk is full', help: 'free some space and build again' },
  EDQUOT: { says: 'the disk quota is used up', help: 'free some space and build again' },
  EACCES: { says: 'permission denied', help: 'make the output folder writable for this user' },
  EPERM: { says: 'the system does not permit it', help: 'make the output folder writable for this user' },
  EROFS: { says: 'the file system is read-only', help: 'build on a file system that can be written' },
  ENOTDIR: { says: 'a file is in the place of a folder', help: 'move that file away and build again' },
  EEXIST: { says: 'a file is in the place of a folder', help: 'move that file away and build again' },
  EMFILE: { says: 'too many files are open', help: 'raise the limit of open files (ulimit -n)' },
};

function failed(shown: string, error: unknown): Diagnostic {
  const code = errorCode(error);
  const reason = reasons[code ?? ''];
  // A system error's own message holds paths of this machine, so only its code is told.
  const says =
    reason?.says ?? (code === undefined && error instanceof Error ? error.message : `the system says ${code}`);
  return diagnostic('write/failed', {
    message: `${shown} could not be written: ${says}`,
    primary: { file: shown },
    ...(reason === undefined ? {} : { note: `the system says ${code}` }),
    help: error instanceof LockedError ? lockHelp(shown) : (reason?.help ?? 'the tree has not been changed'),
  });
}

function lockHelp(shown: string): string {
  return `wait for the other run to end; where none runs, delete ${dirname(shown)}/.fluxwright`;
}
