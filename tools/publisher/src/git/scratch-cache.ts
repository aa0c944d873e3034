import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Where the scratch repository of a branch is kept between runs. */
export interface ScratchCache {
  /** Absolute; made where it is not there. */
  readonly folder: string;
  /** What it is for: equal for equal things only. */
  readonly key: string;
}

/** The cache where it can be used; without one a run works in the temporary folder and is slower. */
export function usable(cache: ScratchCache | undefined): ScratchCache | undefined {
  try {
    if (cache !== undefined) mkdirSync(cache.folder, { recursive: true });
    if (cache !== undefined) accessSync(cache.folder, constants.W_OK);
    return cache;
  } catch {
    return undefined;
  }
}

/** It grows with each run and saves little once it is old. */
const longest = 24 * 3_600_000;
const mostPackFiles = 400;

/**
 * Takes the kept repository for this run alone: it is moved to `own`, so another run finds none and makes its own, and a
 * killed one leaves nothing that anybody takes up again. False where there is none, or none worth keeping.
 */
export function takeScratch(cache: ScratchCache, own: string): boolean {
  try {
    renameSync(placeOf(cache), own);
    // The file is written once, when the repository is made.
    const isFresh = Date.now() - statSync(join(own, 'HEAD')).mtimeMs < longest;
    const packs = join(own, 'objects/pack');
    if (isFresh && (!existsSync(packs) || readdirSync(packs).length < mostPackFiles)) return true;
  } catch {
    // None there, or another run has taken it.
  }
  rmSync(own, { recursive: true, force: true });
  return false;
}

/** Keeps a repository for the next run, unless another run has kept one. */
export function keepScratch(cache: ScratchCache, own: string): void {
  try {
    renameSync(own, placeOf(cache));
  } catch {
    rmSync(own, { recursive: true, force: true });
  }
}

function placeOf({ folder, key }: ScratchCache): string {
  return join(folder, createHash('sha256').update(key).digest('hex').slice(0, 32));
}
