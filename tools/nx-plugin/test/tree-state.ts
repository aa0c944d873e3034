import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Content of every file below a folder, by path from it. A missing folder has none. */
export function treeBytes(folder: string): Readonly<Record<string, string>> {
  return Object.fromEntries(filesIn(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
}

/** Time of the last change of every file below a folder, in nanoseconds. */
export function treeTimes(folder: string): Readonly<Record<string, bigint>> {
  return Object.fromEntries(
    filesIn(folder).map((file) => [file, statSync(join(folder, file), { bigint: true }).mtimeNs]),
  );
}

function filesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}
