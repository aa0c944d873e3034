import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import type { FileTree } from '../src/index.ts';

/** Writes `files` into a fresh folder named `name`, hands it to `use`, and removes it. */
export async function withTree<Value>(
  name: string,
  files: FileTree,
  use: (folder: string) => Promise<Value>,
): Promise<Value> {
  const scratch = mkdtempSync(join(tmpdir(), 'flux-render-'));
  try {
    const folder = join(scratch, name);
    mkdirSync(folder);
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    return await use(folder);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** All files below `folder`. */
export function readTree(folder: string): FileTree {
  const files: Record<string, Uint8Array> = {};
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) files[relative(folder, path)] = readFileSync(path);
  }
  return files;
}
