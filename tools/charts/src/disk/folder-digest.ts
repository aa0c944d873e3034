import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { byPath } from '@fluxwright/documents';
import { sha256 } from '../lock/sha256.ts';

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
        return { path, content: entry.isFile() ? sha256(readFileSync(file)) : 'no file' };
      })
      .sort(byPath);
    return sha256(Buffer.from(lines.map(({ path, content }) => `${content} ${path}\n`).join('')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || (error as NodeJS.ErrnoException).code === 'ENOTDIR')
      return undefined;
    throw error;
  }
}
