import { hash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { byPath } from '../value/compare.ts';

/**
 * One digest of all files of a folder: the sha256 of a line `<sha256> <path>` for each, sorted by path. What is no regular
 * file counts with its name, so that nothing can be slipped in. Undefined where there is no folder.
 */
export function folderDigest(folder: string): string | undefined {
  try {
    const lines = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => {
        const file = join(entry.parentPath, entry.name);
        const path = file.slice(folder.length + 1).replaceAll('\\', '/');
        return { path, content: entry.isFile() ? digestOf(readFileSync(file)) : 'no file' };
      })
      .sort(byPath);
    return digestOf(Buffer.from(lines.map(({ path, content }) => `${content} ${path}\n`).join('')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || (error as NodeJS.ErrnoException).code === 'ENOTDIR')
      return undefined;
    throw error;
  }
}

function digestOf(bytes: Uint8Array): string {
  return `sha256:${hash('sha256', bytes, 'hex')}`;
}
