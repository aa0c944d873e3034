import { holdTree, type OutputTree, parseRecord, recordPath } from '@fluxwright/compiler';
import type { Diagnostic } from '@fluxwright/diagnostics';
import { changeFindings } from '@fluxwright/flux';
import { foldersOwner, foreignFolder } from '../git/branch-findings.ts';
import { folderChanges } from '../git/folder-changes.ts';
import type { RemoteFolder } from '../git/remote-folder.ts';
import type { RemoteSession } from '../git/remote-session.ts';
import { type ProvedTree, treeOfBytes } from '../tree/proved-tree.ts';
import { type BranchChange, judgedFiles, readBranchChange } from './branch-change.ts';
import { fluxTrees, type JudgeOptions, judgeChange } from './judge-change.ts';

/** What comes before a change may be published. */
export type MigrationStep =
  /** The tree of the commit that holds what the change would lose. */
  | { readonly kind: 'hold'; readonly tree: ProvedTree }
  /** The change loses nothing. */
  | { readonly kind: 'none' }
  /** Something has to be mended by hand first: no mark saves it. */
  | {
      readonly kind: 'refused';
      readonly findings: readonly Diagnostic[];
      readonly sources: ReadonlyMap<string, string>;
    };

export interface StepInput extends JudgeOptions {
  /** The tree the migration leads to. */
  readonly tree: ProvedTree;
  /** What the branch holds. */
  readonly folder: RemoteFolder;
}

/**
 * The step from what the branch holds towards a tree that would lose data: the branch's own files with marks on what has to
 * be held, and nothing else. It follows from the two trees alone, so its bytes are proved as theirs are (docs/decisions/0011).
 */
export async function migrationStep(session: RemoteSession, input: StepInput): Promise<MigrationStep> {
  const { cluster, target, tree, folder } = input;
  if (folder.entries.size === 0) return { kind: 'none' };
  const change = await readBranchChange(session, { tree, changes: folderChanges(tree, folder) }, folder);
  const files = judgedFiles(change, true);
  const owner = parseRecord(change.old.get(recordPath)?.toString('utf8') ?? '')?.cluster;
  if (owner !== undefined && owner !== cluster)
    return { kind: 'refused', findings: [foldersOwner(cluster, target, owner)], sources: new Map() };
  const { plan, sources } = judgeChange(files, input);
  const unsaved = changeFindings({ ...plan, changes: plan.changes.filter(({ hold }) => hold === undefined) });
  if (unsaved.length > 0) return { kind: 'refused', findings: unsaved, sources };
  const { before } = fluxTrees(files, input);
  if (before.record === undefined)
    return { kind: 'refused', findings: [foreignFolder(cluster, target, undefined)], sources: new Map() };
  const held = holdTree(before, plan);
  return held === undefined ? { kind: 'none' } : { kind: 'hold', tree: heldTree(held, before.files, change) };
}

/** Files without a mark keep the bytes they have in the branch, whatever they are. */
function heldTree(
  { cluster, files }: OutputTree,
  texts: ReadonlyMap<string, string>,
  { tree, old }: BranchChange,
): ProvedTree {
  const bytes = files.map(({ path, text }): [string, Buffer] => [
    path,
    text === texts.get(path) ? (old.get(path) ?? tree.read(path)) : Buffer.from(text),
  ]);
  return treeOfBytes(cluster, new Map(bytes));
}
