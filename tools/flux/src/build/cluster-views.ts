import { dirname } from 'node:path/posix';
import { objectKey } from '@fluxwright/kubernetes';
import { isFluxKustomization } from '../tree/flux-node.ts';
import type { TreeParts } from '../tree/flux-tree.ts';
import type { TreeObject } from '../tree/tree-object.ts';

/**
 * The clusters that one tree holds, each with what it gets. Two FluxKustomizations of one name that nobody else applies belong to
 * different clusters, and so does all below the folders in which their paths part. Without such a pair the tree is one cluster.
 */
export function clusterViews(tree: TreeParts): readonly TreeParts[] {
  const { applied } = tree;
  const held = new Map<TreeObject, TreeObject[]>();
  for (const { kustomization, objects } of applied) {
    for (const each of objects) if (each !== kustomization) (held.get(each) ?? setList(held, each)).push(kustomization);
  }
  const kustomizations = tree.objects.filter(isFluxKustomization);
  const roots = kustomizations.filter((each) => !held.has(each));
  const parting = partings(roots);
  const names = new Set(roots.flatMap(({ path }) => clusterOf(path, parting) ?? []));
  if (names.size === 0) return [tree];
  return [...names].sort().map((name) => {
    const isOwn = ({ path }: TreeObject) => (clusterOf(path, parting) ?? name) === name;
    const mine = new Set(roots.filter(isOwn));
    for (const each of mine) {
      const own = applied.find(({ kustomization }) => kustomization === each)?.objects ?? [];
      for (const object of own) if (isFluxKustomization(object)) mine.add(object);
    }
    const folders = applied.filter(({ kustomization }) => mine.has(kustomization));
    const given = new Set(folders.flatMap(({ objects }) => objects));
    const isMine = (object: TreeObject) =>
      isFluxKustomization(object) ? mine.has(object) : given.has(object) || (!held.has(object) && isOwn(object));
    return { ...tree, cluster: name, objects: tree.objects.filter(isMine), applied: folders };
  });
}

function setList(map: Map<TreeObject, TreeObject[]>, key: TreeObject): TreeObject[] {
  const list: TreeObject[] = [];
  map.set(key, list);
  return list;
}

/** The folders in which the paths of two roots of one name part. */
function partings(roots: readonly TreeObject[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const same of Map.groupBy(roots, objectKey).values()) {
    for (const one of same) {
      for (const other of same) {
        const [a, b] = [dirname(one.path).split('/'), dirname(other.path).split('/')];
        const at = a.findIndex((step, index) => step !== b[index]);
        if (at >= 0 && b[at] !== undefined) found.add(a.slice(0, at).join('/'));
      }
    }
  }
  return found;
}

/** The folder below the deepest parting above a file; undefined for a file that all clusters share. */
function clusterOf(file: string, parting: ReadonlySet<string>): string | undefined {
  const steps = dirname(file).split('/');
  for (let length = steps.length - 1; length >= 0; length -= 1) {
    if (parting.has(steps.slice(0, length).join('/'))) return steps.slice(0, length + 1).join('/');
  }
  return undefined;
}
