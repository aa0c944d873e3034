import { objectKey } from '@fluxwright/kubernetes';
import type { FileChange, ObjectChange, TreeDiff } from './tree-diff.ts';

/** One change with its lines: the head says what and where, the rest how. */
export interface PlanEntry {
  /** 0 is what a reader has to see first. */
  readonly rank: number;
  readonly head: string;
  readonly rest: readonly string[];
}

/** How important the change of an object is: losses first, then versions, then what other objects follow from. */
export function rankObject({ id, change, fields }: ObjectChange, { dangers, versions }: TreeDiff): number {
  const isOf = (list: readonly { readonly id: ObjectChange['id'] }[]): boolean =>
    list.some((each) => objectKey(each.id) === objectKey(id));
  if (isOf(dangers)) return 0;
  if (change === 'removed') return 1;
  if (isOf(versions)) return 2;
  if (id.group.endsWith('toolkit.fluxcd.io')) return 3;
  return fields.length > 0 ? 4 : 5;
}

/** How important the change of a file is: somebody's edit that goes comes before the compiler's own. */
export function rankFile({ note, change }: FileChange): number {
  return note !== undefined || change === 'removed' ? 1 : 4;
}

/**
 * The lines of entries within a number of bytes, in their order: as many heads as fit, the most important first, and then of
 * those the rest of as many as fit. Says how many entries are left out, and of how many only the head is there.
 */
export function shortenEntries(entries: readonly PlanEntry[], room: number): readonly string[] {
  const order = entries.map((entry, index) => ({ entry, index })).sort((a, b) => a.entry.rank - b.entry.rank);
  const shown = new Map<number, readonly string[]>();
  let left = room;
  for (const { entry, index } of order) {
    const size = bytes([entry.head]);
    if (size > left) break;
    left -= size;
    shown.set(index, [entry.head]);
  }
  let brief = 0;
  for (const { entry, index } of order.filter((each) => shown.has(each.index) && each.entry.rest.length > 0)) {
    const size = bytes(entry.rest);
    if (size > left) brief += 1;
    else {
      left -= size;
      shown.set(index, [entry.head, ...entry.rest]);
    }
  }
  const lines = [...shown].sort(([a], [b]) => a - b).flatMap(([, each]) => each);
  return [...lines, ...leftOut(entries.length - shown.size, brief)];
}

function leftOut(out: number, brief: number): readonly string[] {
  const words = [
    ...(out > 0 ? [`${out} more ${out === 1 ? 'change is' : 'changes are'} not shown`] : []),
    ...(brief > 0 ? [`fields of ${brief} ${brief === 1 ? 'change are' : 'changes are'} not shown`] : []),
  ];
  return words.length === 0 ? [] : [`… ${words.join(', ')}`];
}

/** Items of a list within a number of bytes, with a word on how many are left out. */
export function shortenList(items: readonly string[], room: number): readonly string[] {
  let left = room;
  const kept: string[] = [];
  for (const item of items) {
    left -= bytes([item]);
    if (left < 0) return [...kept, `… and ${items.length - kept.length} more`];
    kept.push(item);
  }
  return kept;
}

function bytes(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
}
