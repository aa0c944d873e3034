import { createHash } from 'node:crypto';
import type { FileMap } from '@nx/devkit';

/** Content hash of each file of the workspace, by path from the root, as Nx has them. */
export type FileHashes = ReadonlyMap<string, string>;

/** Collects the hashes Nx made, so that nothing is read twice. */
export function fileHashes(fileMap: FileMap): FileHashes {
  const files = [...Object.values(fileMap.projectFileMap).flat(), ...fileMap.nonProjectFiles];
  return new Map(files.map(({ file, hash }) => [file, hash]));
}

/** One digest over the paths and contents of some files; the order does not count. */
export function digestOf(hashes: FileHashes, files: Iterable<string>): string {
  const lines = [...files].sort().map((file) => `${file}\0${hashes.get(file) ?? ''}\0`);
  return createHash('sha256').update(lines.join('')).digest('hex');
}
