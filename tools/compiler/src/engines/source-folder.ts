import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { folderDigest } from '@fluxwright/documents';

/** The files of a git repository at one commit, below one of its folders: as `charts pull` puts them. */
export interface SourceFolder {
  /** From the root of the workspace, or absolute where it lies outside. */
  readonly folder: string;
  /** As charts.lock.yaml has it. Reads every file. */
  digest(): string;
  /** Its YAML files by their paths in the repository; sorted. Read when they are first asked for. */
  texts(): ReadonlyMap<string, string>;
}

/** What larger files hold is no manifest. */
const mostBytes = 16 * 1024 * 1024;

/** The files of a source; undefined where there is no such folder. */
export function openSource(path: string, folder: string): SourceFolder | undefined {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return undefined;
  let digest: string | undefined;
  let texts: ReadonlyMap<string, string> | undefined;
  return {
    folder,
    digest() {
      digest ??= folderDigest(path) ?? '';
      return digest;
    },
    texts() {
      texts ??= readTexts(path);
      return texts;
    },
  };
}

function readTexts(path: string): ReadonlyMap<string, string> {
  const files = globSync('**/*.{yaml,yml}', { cwd: path }).map((file) => file.replaceAll('\\', '/'));
  return new Map(
    files.sort().flatMap((file): [string, string][] => {
      const stats = statSync(join(path, file), { throwIfNoEntry: false });
      if (stats?.isFile() !== true || stats.size > mostBytes) return [];
      return [[file, readFileSync(join(path, file), 'utf8')]];
    }),
  );
}
