import type { RemoteFolder } from '../git/remote-folder.ts';

/** What an entry of a git tree is that is no plain file. */
export type OddEntry = 'executable' | 'a symbolic link' | 'a submodule' | 'a file of an unknown mode';

/** The entries of a folder at some paths that are no plain files (git-fast-import(1), the modes of `M`). */
export function oddEntries({ entries }: RemoteFolder, paths: readonly string[]): ReadonlyMap<string, OddEntry> {
  const found = paths.flatMap((path): [string, OddEntry][] => {
    const mode = entries.get(path)?.mode;
    return mode === undefined || mode === '100644' ? [] : [[path, names[mode] ?? 'a file of an unknown mode']];
  });
  return new Map(found);
}

const names: Readonly<Record<string, OddEntry>> = {
  '100755': 'executable',
  '120000': 'a symbolic link',
  '160000': 'a submodule',
};
