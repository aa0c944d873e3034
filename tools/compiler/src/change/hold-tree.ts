import { byPath } from '@fluxwright/documents';
import { type ChangePlan, type FluxTree, heldFiles } from '@fluxwright/flux';
import { parseRecord, recordFile, recordPath } from '../assemble/file-record.ts';
import type { OutputTree } from '../data/output-tree.ts';

/**
 * The tree of the first commit of a migration: the old tree with marks on what the change would lose. Undefined where
 * nothing needs a mark, or the old tree is none of ours.
 */
export function holdTree(before: FluxTree, plan: ChangePlan): OutputTree | undefined {
  const held = heldFiles(before, plan);
  const record = parseRecord(before.files.get(recordPath) ?? '');
  if (held.size === 0 || record === undefined) return undefined;
  const texts = new Map([...before.files, ...held]);
  texts.delete(recordPath);
  const files = [...texts].map(([path, text]) => ({ path, text })).sort(byPath);
  return { cluster: before.cluster, files: [...files, recordFile(files, record)].sort(byPath) };
}
