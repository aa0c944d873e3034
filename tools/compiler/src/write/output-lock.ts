import { createHash, randomUUID } from 'node:crypto';
import { lstatSync, mkdirSync, readFileSync, readlinkSync, symlinkSync, unlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { errorCode } from './error-code.ts';

/**
 * One writer for each cluster's output folder. The lock is a symlink whose target names its owner: making one is atomic,
 * content included, so no reader ever sees half a lock. A lock whose owner no longer runs is taken over. Taking over is
 * itself done under a lock that is named after the stale one, so that of two processes that find it only one removes it,
 * and never a lock that has been made since.
 */

/** A cluster is written in well under a second; a lock of another machine that is older than this has lost its owner. */
const longestHold = 10 * 60_000;

/** Longest wait for another run, in milliseconds. */
const patience = 60_000;
const pause = 20;

/** Runs `work` as the only writer of `path`'s owner. Throws a {@link LockedError} when another run keeps it too long. */
export function withLock<T>(path: string, work: () => T, wait: number = patience): T {
  const deadline = Date.now() + wait;
  while (!acquire(path)) {
    if (Date.now() > deadline) throw new LockedError(ownerOf(path) ?? 'another process');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pause);
  }
  try {
    return work();
  } finally {
    unlock(path);
  }
}

export class LockedError extends Error {
  constructor(owner: string) {
    super(`locked by ${owner}`);
  }
}

/** True when the lock is ours now. */
function acquire(path: string): boolean {
  try {
    symlinkSync(`${hostname()}:${process.pid}:${startOf(process.pid)}:${randomUUID()}`, path);
    return true;
  } catch (error) {
    // Another run removes the empty folder of locks when it ends.
    if (errorCode(error) === 'ENOENT') makeFolder(dirname(path));
    else if (errorCode(error) !== 'EEXIST') throw error;
    else if (!takeOver(path)) return false;
    return acquire(path);
  }
}

/** Step by step: a recursive mkdirSync says ENOENT where the file system is read-only (Node 24). */
function makeFolder(path: string, withParents = true): void {
  try {
    mkdirSync(path);
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return;
    if (errorCode(error) !== 'ENOENT' || !withParents) throw error;
    makeFolder(dirname(path));
    makeFolder(path, false);
  }
}

/** Removes the lock where its owner no longer runs; true where it is worth another try at once. */
function takeOver(path: string): boolean {
  const owner = ownerOf(path);
  if (owner === undefined) return true;
  if (runs(owner, path)) return false;
  const takeover = `${path}.${createHash('sha256').update(owner).digest('hex').slice(0, 16)}`;
  if (!acquire(takeover)) return false;
  // Only the holder of the takeover lock may remove this owner's lock, so an unchanged lock cannot change before unlink.
  if (ownerOf(path) === owner) unlock(path);
  unlock(takeover);
  return true;
}

/** rmSync with `force` would leave the lock: it takes a symlink to nothing for an absent file (Node 24). */
export function unlock(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
}

/** What the lock says of its owner; undefined where the lock is gone. Throws where something else is in its place. */
function ownerOf(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** True where the owner is a process that runs, or one on another machine that may. */
function runs(owner: string, path: string): boolean {
  const [host, pid = '', start] = owner.split(':');
  if (host !== hostname()) return age(path) < longestHold;
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
  return startOf(Number(pid)) === start;
}

function age(path: string): number {
  try {
    return Date.now() - lstatSync(path).mtimeMs;
  } catch {
    return 0;
  }
}

/** Tells a process from a later one with the same id: its start in clock ticks since boot (proc(5), field 22); '' elsewhere. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
