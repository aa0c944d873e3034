import type { TreeDiff } from './tree-diff.ts';

/** `2 objects changed, 1 added, 1 file changed`, or what stands for nothing. */
export function countChanges({ objects, files, bookkeeping }: TreeDiff): string {
  const parts = [...countBy(objects, 'object'), ...countBy(files, 'file')];
  if (parts.length > 0) return parts.join(', ');
  return bookkeeping.length > 0 ? 'no object changes, only the record of the tree' : 'nothing to do';
}

function countBy(changes: readonly { readonly change: string }[], noun: string): readonly string[] {
  const counts = ['added', 'changed', 'moved', 'removed']
    .map((change) => ({ change, count: changes.filter((each) => each.change === change).length }))
    .filter(({ count }) => count > 0);
  return counts.map(({ change, count }) => `${count} ${noun}${count === 1 ? '' : 's'} ${change}`);
}
