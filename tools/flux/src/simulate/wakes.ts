import { objectKey } from '@fluxwright/kubernetes';
import type { FluxTree } from '../tree/flux-tree.ts';
import type { TreeObject } from '../tree/tree-object.ts';

/** What a FluxKustomization finds new in its folder when a commit arrives. Lists hold `Kind namespace/name`, sorted. */
export interface Wake {
  readonly key: string;
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

/**
 * The FluxKustomizations of the new tree that have something to do, by name. All others look at the commit, too, in the order
 * of their dependencies, and find nothing.
 */
export function findWakes(before: FluxTree, after: FluxTree): readonly Wake[] {
  return [...after.nodes.keys()].flatMap((key) =>
    differences(key, before.objectsOf.get(key), after.objectsOf.get(key)),
  );
}

/** What Helm does with the releases that are there before and after, and whose charts are at hand: by HelmRelease, by name. */
export function findUpgrades(before: FluxTree, after: FluxTree): readonly Wake[] {
  return [...(after.releases ?? [])].flatMap(([key, now]) => {
    const old = before.releases?.get(key);
    return old === undefined || old === now ? [] : differences(key, old, now);
  });
}

function differences(key: string, before: readonly TreeObject[] = [], after: readonly TreeObject[] = []): Wake[] {
  const old = indexed(before);
  const now = indexed(after);
  const added = [...now].filter(([id]) => !old.has(id)).map(([, object]) => object);
  const removed = [...old].filter(([id]) => !now.has(id)).map(([, object]) => object);
  const changed = [...now]
    .filter(([id, { object }]) => {
      const other = old.get(id)?.object;
      return other !== undefined && other !== object && JSON.stringify(other) !== JSON.stringify(object);
    })
    .map(([, object]) => object);
  if (added.length + removed.length + changed.length === 0) return [];
  return [{ key, added: titles(added), changed: titles(changed), removed: titles(removed) }];
}

function indexed(objects: readonly TreeObject[] = []): ReadonlyMap<string, TreeObject> {
  return new Map(objects.map((object) => [objectKey(object), object]));
}

function titles(objects: readonly TreeObject[]): readonly string[] {
  return objects
    .map(({ kind, namespace, name }) => `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`)
    .sort();
}
