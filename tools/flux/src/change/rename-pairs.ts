import { canonicalText } from '@fluxwright/documents';
import { objectKey } from '@fluxwright/kubernetes';
import type { TreeObject } from '../tree/tree-object.ts';

/**
 * Which lost objects came back under another name or namespace: of one group and kind, either with the same content, or
 * of the same name, or the only ones of the kind that their folders lost and gained. `objectKey` of the old → the new.
 */
export function renamePairs(
  lost: readonly TreeObject[],
  gained: readonly TreeObject[],
): ReadonlyMap<string, TreeObject> {
  const pairs = new Map<string, TreeObject>();
  const free = new Set(gained);
  const ways: readonly ((object: TreeObject) => string)[] = [
    (object) => `${kindOf(object)} ${content(object)}`,
    (object) => `${kindOf(object)} ${object.name}`,
    (object) => `${kindOf(object)} ${folderOf(object)}`,
  ];
  for (const way of ways) {
    const open = Map.groupBy(
      lost.filter((object) => !pairs.has(objectKey(object))),
      way,
    );
    const candidates = Map.groupBy(free, way);
    for (const [key, [old, another]] of open) {
      const [now, ambiguous] = candidates.get(key) ?? [];
      if (old === undefined || now === undefined || another !== undefined || ambiguous !== undefined) continue;
      pairs.set(objectKey(old), now);
      free.delete(now);
    }
  }
  return pairs;
}

function kindOf({ group, kind }: TreeObject): string {
  return `${group}/${kind}`;
}

function folderOf({ path }: TreeObject): string {
  return path.slice(0, path.lastIndexOf('/'));
}

/** Everything but the metadata, in one order of keys. */
function content({ object }: TreeObject): string {
  const { metadata: _, ...rest } = object;
  return canonicalText(rest);
}
