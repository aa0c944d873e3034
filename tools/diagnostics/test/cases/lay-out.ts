import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ArchiveEntry } from './archive-entry.ts';
import { packTar } from './pack-tar.ts';

/**
 * Puts entries into the folder `root`, one after the other. Files below a folder named `….tgz` become an archive of that
 * name, as charts are packed.
 */
export function layOut(root: string, entries: readonly ArchiveEntry[]): void {
  const packed = Map.groupBy(entries, (entry) => packOf(entry.path));
  for (const entry of packed.get(undefined) ?? []) put(path.join(root, entry.path), entry);
  for (const [pack, inside] of packed) {
    if (pack === undefined) continue;
    const files = inside.map((entry) => {
      if (entry.kind !== 'file') throw new SyntaxError(`${entry.path}: only files are packed`);
      return [entry.path.slice(pack.length + 1), entry.bytes] as const;
    });
    put(path.join(root, pack), { path: pack, kind: 'file', bytes: packTar(Object.fromEntries(files)) });
  }
}

function packOf(file: string): string | undefined {
  return /^(.*?\.tgz)\//u.exec(file)?.[1];
}

function put(file: string, entry: ArchiveEntry): void {
  if (entry.kind === 'removed') {
    rmSync(file, { recursive: true });
    return;
  }
  mkdirSync(path.dirname(file), { recursive: true });
  if (entry.kind === 'symlink') symlinkSync(entry.target, file);
  else {
    writeFileSync(file, entry.bytes);
    if (entry.mode !== undefined) chmodSync(file, entry.mode);
  }
}
