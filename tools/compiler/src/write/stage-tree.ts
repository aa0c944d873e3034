import { copyFileSync, linkSync, mkdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { OutputTree } from '../data/output-tree.ts';

/**
 * Makes a complete tree in an empty place. Files that need no writing are hard links to those of the folder they are
 * in now, so that they keep inode and modification time.
 */
export function stageTree(
  tree: OutputTree,
  { into, from, write }: { into: string; from: string; write: ReadonlySet<string> },
): void {
  const made = new Set<string>();
  for (const { path, text } of tree.files) {
    const target = join(into, path);
    const folder = dirname(target);
    if (!made.has(folder)) {
      mkdirSync(folder, { recursive: true });
      made.add(folder);
    }
    if (write.has(path)) writeFileSync(target, text);
    else keepFile(join(from, path), target);
  }
}

function keepFile(source: string, target: string): void {
  try {
    linkSync(source, target);
  } catch {
    // A file system without hard links: the inode is new, bytes and time are the same.
    copyFileSync(source, target);
    const { atime, mtime } = statSync(source);
    utimesSync(target, atime, mtime);
  }
}
