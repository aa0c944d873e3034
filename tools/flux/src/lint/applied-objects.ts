import { posix } from 'node:path';
import { memo } from '@fluxwright/documents';
import type { LintObject, LintTree } from './lint-object.ts';

const foldersOf = memo(findFolders);

/**
 * The folder of the tree that a FluxKustomization's `path` means. A path counts from the root of a repository, and the tree
 * may be a part of one: leading folders are left off until one fits. undefined where none does.
 */
export function folderOf(path: string, tree: LintTree): string | undefined {
  const known = foldersOf(tree);
  const steps = posix
    .join('/', path)
    .split('/')
    .filter((step) => step !== '');
  for (let skipped = 0; skipped < steps.length; skipped += 1) {
    const folder = steps.slice(skipped).join('/');
    if (known.has(folder)) return folder;
  }
  return steps.length === 0 && known.has('') ? '' : undefined;
}

/**
 * What Flux applies from a folder: with a kustomization file the resources it lists, without one every YAML file below
 * (kustomize-controller docs/spec/v1/kustomizations.md, "Generating a kustomization.yaml"). `bases` is the old name of
 * resources that are folders; kustomize still reads it (sigs.k8s.io/kustomize/api/types, FixKustomizationPostUnmarshalling).
 */
export function appliedObjects(folder: string, tree: LintTree, seen: Set<string> = new Set()): readonly LintObject[] {
  if (seen.has(folder)) return [];
  seen.add(folder);
  const file = tree.kustomizationFiles?.find((each) => each.folder === folder);
  if (file === undefined) {
    return below(tree).get(folder) ?? [];
  }
  const resources = [file.object.resources, file.object.bases, file.object.components].flatMap((list) =>
    Array.isArray(list) ? list : [],
  );
  return resources.flatMap((entry) => {
    const target = posix.normalize(posix.join(folder, String(entry))).replace(/\/$/, '');
    if (/\.ya?ml$/.test(target)) return below(tree).get(target) ?? [];
    return appliedObjects(target, tree, seen);
  });
}

/** The objects of each file, and below each folder. */
const below = memo((tree: LintTree): ReadonlyMap<string, readonly LintObject[]> => {
  const index = new Map<string, LintObject[]>();
  for (const object of tree.objects) {
    for (let place = object.file; ; place = posix.dirname(place)) {
      const key = place === '.' ? '' : place;
      const list = index.get(key);
      if (list === undefined) index.set(key, [object]);
      else list.push(object);
      if (place === '.' || place === '/') break;
    }
  }
  return index;
});

function findFolders({ objects, kustomizationFiles = [] }: LintTree): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { file } of [...objects, ...kustomizationFiles]) {
    for (let folder = posix.dirname(file); ; folder = posix.dirname(folder)) {
      found.add(folder === '.' ? '' : folder);
      if (folder === '.' || folder === '/') break;
    }
  }
  return found;
}
