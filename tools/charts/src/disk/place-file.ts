import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Writes a file whole or not at all, also when killed: beside it first, then by rename. */
export function placeFile(file: string, bytes: Uint8Array | string): void {
  mkdirSync(dirname(file), { recursive: true });
  const beside = temporaryName(file);
  try {
    const descriptor = openSync(beside, 'wx', 0o644);
    try {
      const content = Buffer.from(bytes);
      for (let at = 0; at < content.length; ) at += writeSync(descriptor, content, at);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(beside, file);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

/** Puts a made folder in the place of another. A kill between leaves the old one, the new one, or none; never a mixture. */
export function placeFolder(made: string, folder: string): void {
  mkdirSync(dirname(folder), { recursive: true });
  if (existsSync(folder)) {
    const old = temporaryName(folder);
    renameSync(folder, old);
    renameSync(made, folder);
    rmSync(old, { recursive: true, force: true });
  } else {
    renameSync(made, folder);
  }
}

/** A name beside a file that no glob for charts takes, and that {@link removeLeftovers} knows. */
export function temporaryName(path: string): string {
  return join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);
}

const anHour = 60 * 60 * 1000;

/** Removes what killed runs left in a folder. What is younger than an hour may be of a run that still goes. */
export function removeLeftovers(folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const stats = /^\..*\.[0-9a-f]{12}\.tmp$/.test(name) ? statSync(path, { throwIfNoEntry: false }) : undefined;
    if (stats !== undefined && Date.now() - stats.mtimeMs > anHour) rmSync(path, { recursive: true, force: true });
  }
}
