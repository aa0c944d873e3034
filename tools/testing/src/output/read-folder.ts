import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { byKey } from '@fluxwright/documents';

/** Every file below a folder by its path with `/`, sorted: a tree as a value to compare. */
export function readFolder(folder: string): ReadonlyMap<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const pairs = files.map((entry) => {
    const file = join(entry.parentPath, entry.name);
    return [relative(folder, file).split(sep).join('/'), readFileSync(file, 'utf8')] as const;
  });
  return new Map(pairs.sort(byKey));
}
