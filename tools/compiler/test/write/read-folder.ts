import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Every file below a folder as path → text; a symlink as `-> target` would be is not followed and shows as `(link)`. */
export function readFolder(folder: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    const stat = lstatSync(join(folder, name));
    if (stat.isSymbolicLink()) found[name] = '(link)';
    else if (stat.isFile()) found[name] = readFileSync(join(folder, name), 'utf8');
  }
  return found;
}

/** Inode and modification time of every file below a folder. */
export function readStats(folder: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    const stat = lstatSync(join(folder, name), { bigint: true });
    found[name] = `${stat.ino} ${stat.mtimeNs}`;
  }
  return found;
}
