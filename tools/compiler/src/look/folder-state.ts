import { hash } from 'node:crypto';
import { lstatSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** How the files of a folder stand, told without reading them. */
export interface FolderState {
  /** Changes with the name, type, inode, size and times of any entry that is no folder. */
  readonly digest: string;
  readonly files: number;
  /** Time of the newest change, in nanoseconds since 1970. */
  readonly newest: bigint;
}

/**
 * The state of a folder; undefined where there is none, or a symlink in its place. Every write to a file moves the time of
 * its last change (st_ctime), which no program can set back (stat(3type)): as git does with its index, equal states
 * mean equal bytes, once the clock has moved on (see {@link letClockMove}). Folders named in `skip` are left out. With
 * `follow` a symlink counts as what it leads to.
 */
export function folderState(
  folder: string,
  { skip = [], follow = false }: { readonly skip?: readonly string[]; readonly follow?: boolean } = {},
): FolderState | undefined {
  const stat = follow ? statSync : lstatSync;
  if (stat(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return undefined;
  const lines: string[] = [];
  let newest = 0n;
  for (const path of filesIn(folder, '', skip)) {
    const { ino, mode, size, mtimeNs, ctimeNs } =
      stat(join(folder, path), { bigint: true, throwIfNoEntry: false }) ?? none;
    lines.push(`${path}\0${ino} ${mode} ${size} ${mtimeNs} ${ctimeNs}`);
    if (ctimeNs > newest) newest = ctimeNs;
  }
  return { digest: hash('sha256', lines.sort().join('\n'), 'hex'), files: lines.length, newest };
}

/** Everything that is no folder, with `/`. */
function filesIn(folder: string, prefix: string, skip: readonly string[]): string[] {
  return readdirSync(join(folder, prefix), { withFileTypes: true }).flatMap((entry) => {
    const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
    if (!entry.isDirectory()) return [path];
    return skip.includes(entry.name) ? [] : filesIn(folder, path, skip);
  });
}

/** What a symlink to nothing leads to. */
const none = { ino: 0n, mode: 0n, size: 0n, mtimeNs: 0n, ctimeNs: 0n };

/** A kernel's clock for files ticks every 10 ms at the slowest (CONFIG_HZ=100). */
const tick = 20;

/** Waits until a file that is written from now on gets another time than `newest`. */
export function letClockMove(newest: bigint): void {
  const left = Number(newest / 1_000_000n) + tick - Date.now();
  if (left > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Math.min(left, tick));
}
