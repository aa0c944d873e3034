import { existsSync, lstatSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { unlock, withLock } from './output-lock.ts';

/**
 * How a tree is replaced whole. `<output>/.fluxwright/<cluster>/` is on the same file system as the trees, so each step
 * is one rename, and the names that exist say how far a run came:
 *
 *   building                  the new tree grows here                     killed: it is thrown away
 *   ready                     the new tree is complete                    killed: it is thrown away
 *   ready, old, no tree       the old tree has been set aside             killed: ready becomes the tree
 *   old, tree                 the new tree is in place                    killed: old is thrown away
 *
 * So after a kill at any point the next run finds the old tree or the new one, never a mixture. (A power cut is another
 * matter: nothing is synced, the tree can be built again.)
 */
export interface WorkFolder {
  /** The cluster's output folder. */
  readonly tree: string;
  readonly building: string;
  readonly ready: string;
  readonly old: string;
}

const workName = '.fluxwright';

/** Runs `work` as the only writer of the cluster's tree, after it has brought to an end what a killed run left behind. */
export function withWorkFolder<T>(
  outputRoot: string,
  cluster: string,
  work: (folder: WorkFolder) => T,
  wait?: number,
): T {
  const all = join(outputRoot, workName);
  const own = join(all, cluster);
  const lock = join(all, `${cluster}.lock`);
  const folder = {
    tree: join(outputRoot, cluster),
    building: join(own, 'building'),
    ready: join(own, 'ready'),
    old: join(own, 'old'),
  };
  try {
    return withLock(
      lock,
      () => {
        finishInterrupted(folder);
        try {
          return work(folder);
        } finally {
          finishInterrupted(folder);
          rmSync(own, { recursive: true, force: true });
          for (const name of readdirSync(all)) if (name.startsWith(`${cluster}.lock.`)) unlock(join(all, name));
        }
      },
      wait,
    );
  } finally {
    removeIfEmpty(outputRoot);
  }
}

/** The clusters for which a run is under way or was killed. */
export function interruptedClusters(outputRoot: string): string[] {
  const all = join(outputRoot, workName);
  if (!existsSync(all)) return [];
  const names = readdirSync(all).map((name) => name.replace(/\.lock(\.[0-9a-f]+)?$/, ''));
  return [...new Set(names)].sort();
}

/** Puts the complete tree in `ready` in the place of the cluster's tree. */
export function swap({ tree, building, ready, old }: WorkFolder): void {
  renameSync(building, ready);
  if (exists(tree)) renameSync(tree, old);
  renameSync(ready, tree);
}

function finishInterrupted({ tree, building, ready, old }: WorkFolder): void {
  if (exists(old) && !exists(tree)) renameSync(exists(ready) ? ready : old, tree);
  for (const rest of [building, ready, old]) rmSync(rest, { recursive: true, force: true });
}

function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** Removes the folder of all work, unless a run has something in it. */
export function removeIfEmpty(outputRoot: string): void {
  try {
    rmdirSync(join(outputRoot, workName));
  } catch {
    // Absent, or another run still has its lock or its work in there.
  }
}
