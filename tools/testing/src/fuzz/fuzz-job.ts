import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { byKey } from '@fluxwright/documents';
import { type InputKind, inputKind } from './input-kind.ts';
import type { InputFiles, Mutant } from './make-mutant.ts';

/** What a worker of the fuzz does: mutants `from` to `to` (exclusive) of a seed, in a workspace that is its own. */
export interface FuzzJob {
  readonly root: string;
  readonly seed: number;
  readonly from: number;
  readonly to: number;
  /** Leaves the files as they are. */
  readonly leaveGood: boolean;
}

/** The files of a workspace that Fluxwright reads, by kind, sorted. */
export function inputFiles(root: string): InputFiles {
  const files = new Map<InputKind, { file: string; text: string }[]>();
  const all = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'));
  for (const file of all.sort()) {
    const kind = inputKind(file);
    if (kind === undefined) continue;
    const text = readFileSync(path.join(root, file), 'utf8');
    files.set(kind, [...(files.get(kind) ?? []), { file, text }]);
  }
  return new Map([...files].sort(byKey));
}

/** Takes a mutant's fault out of the workspace. */
export function restore(root: string, files: InputFiles, { kind, file }: Pick<Mutant, 'kind' | 'file'>): void {
  const text = files.get(kind)?.find((each) => each.file === file)?.text ?? '';
  writeFileSync(path.join(root, file), text);
}
