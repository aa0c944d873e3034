import { type OutputFile, recordPath } from '@fluxwright/compiler';
import { byPath } from '@fluxwright/documents';
import type { FolderChanges } from '../git/folder-changes.ts';
import type { RemoteFolder } from '../git/remote-folder.ts';
import type { RemoteSession } from '../git/remote-session.ts';
import { saysWhatFluxApplies } from '../tree/flux-structure.ts';
import type { ProvedTree } from '../tree/proved-tree.ts';

/** The step of a cluster's folder from what the branch holds to a tree. */
export interface BranchChange {
  readonly tree: ProvedTree;
  readonly changes: FolderChanges;
  /** Contents in the branch of the files that differ, by path; links and submodules have none. */
  readonly old: ReadonlyMap<string, Buffer>;
}

/** Files of both sides of a change, as text. */
export interface ChangedFiles {
  readonly before: readonly OutputFile[];
  readonly after: readonly OutputFile[];
}

/** Reads a change. Contents are fetched for files that differ only: the others are in the tree, byte for byte. */
export async function readBranchChange(
  session: RemoteSession,
  { tree, changes }: Omit<BranchChange, 'old'>,
  folder: RemoteFolder,
): Promise<BranchChange> {
  const known = [...changes.write, ...changes.remove].flatMap((path) => {
    const entry = folder.entries.get(path);
    return entry?.mode.startsWith('100') ? [{ path, id: entry.id }] : [];
  });
  const contents = await session.contents(known.map(({ id }) => id));
  return { tree, changes, old: new Map(known.map(({ path, id }) => [path, contents.get(id) ?? Buffer.alloc(0)])) };
}

/**
 * The files that say what a change does to each object. Equal files hold equal objects, so only those that differ are
 * needed, and of the others those that say what Flux applies; all where one of these differs.
 */
export function judgedFiles({ tree, changes, old }: BranchChange, whole = false): ChangedFiles {
  const written = new Map(changes.write.map((path) => [path, tree.read(path)]));
  const isWide = whole || [...old, ...written].some(([path, bytes]) => isYaml(path) && saysWhatFluxApplies(bytes));
  const context = (isWide ? tree.paths : [...tree.structure, recordPath])
    .filter((path) => !written.has(path))
    .map((path) => toFile(path, tree.read(path)));
  return { before: sorted(old, context), after: sorted(written, context) };
}

function sorted(own: ReadonlyMap<string, Buffer>, context: readonly OutputFile[]): readonly OutputFile[] {
  const files = [...own].map(([path, bytes]) => toFile(path, bytes));
  return [...files, ...context].sort(byPath);
}

function isYaml(path: string): boolean {
  return /\.ya?ml$/.test(path);
}

function toFile(path: string, bytes: Buffer): OutputFile {
  return { path, text: bytes.toString('utf8') };
}
