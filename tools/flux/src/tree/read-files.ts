import { by, type JsonValue, parseYaml, readYaml } from '@fluxwright/documents';
import type { FileText } from './file-text.ts';
import { fluxNode, isFluxKustomization } from './flux-node.ts';
import { type AppliedFolder, type FluxTree, fluxTreeOf } from './flux-tree.ts';
import { entriesOf, isKustomizationFile } from './kustomization-file.ts';
import { folderName, foldersOf, type Listing, listedFiles } from './listed-files.ts';
import { folderIn, sourcePlaces } from './source-places.ts';
import { type TreeObject, treeObject } from './tree-object.ts';
import type { TreeRecord } from './tree-record.ts';

export interface FluxTreeOptions {
  readonly cluster: string;
  /** Folder to name in positions, from the workspace. */
  readonly shown: string;
  /** Objects of files that need no reading again, by path. */
  readonly known?: ReadonlyMap<string, readonly JsonValue[]>;
  readonly record?: TreeRecord | undefined;
}

/**
 * Reads a tree from its files without an engine. What is no YAML or holds no object is skipped. Which folder a file belongs to follows
 * what the kustomization files list, as kustomize walks them; what these change in the objects is not done: so this is
 * for trees whose kustomization files list and do no more, as those that Fluxwright makes, the bases in them apart.
 */
export function fluxTree(files: readonly FileText[], { cluster, shown, known, record }: FluxTreeOptions): FluxTree {
  const objects: TreeObject[] = [];
  const lists = new Map<string, readonly string[]>();
  for (const { path, text } of files) {
    if (!/\.ya?ml$/.test(path)) continue;
    const name = `${shown}/${path}`;
    for (const value of known?.get(path) ?? readYaml(text, 'kustomize').documents.map((each) => each.value)) {
      if (isKustomizationFile(path, value)) {
        lists.set(folderName(path), entriesOf(value));
        continue;
      }
      const locate: TreeObject['locate'] = (at, part) => [
        parseYaml(name, text).value?.locate(at, part) ?? { file: name },
      ];
      const object = treeObject(value, { path, locate });
      if (object !== undefined) objects.push(object);
    }
  }
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const applied = appliedIn(objects, { paths: [...texts.keys()], lists });
  return { ...fluxTreeOf({ cluster, objects, applied, files: texts }), ...(record && { record }) };
}

/** What each FluxKustomization applies, where the folders hold objects as they stand. By `namespace/name`. */
export function appliedIn(objects: readonly TreeObject[], listing: Listing): readonly AppliedFolder[] {
  const nodes = objects
    .filter(isFluxKustomization)
    .map((object) => fluxNode(object))
    .sort(by(({ key }) => key));
  const byFile = Map.groupBy(objects, ({ path }) => path);
  const folders = foldersOf(listing.paths);
  const places = sourcePlaces(nodes, folders, objects);
  return nodes.map((node) => {
    const folder = folderIn(node, places, folders);
    const made = folder === undefined ? [] : listedFiles(folder, listing).flatMap((path) => byFile.get(path) ?? []);
    return {
      kustomization: node.object,
      isOwn: places.has(node.source),
      ...(folder !== undefined && { folder }),
      objects: made,
    };
  });
}
