import { posix } from 'node:path';
import { by, isObject, type JsonObject, type JsonValue, readYaml } from '@fluxwright/documents';
import type { UpdateRules } from '@fluxwright/kubernetes';
import { objectKey } from '@fluxwright/kubernetes';
import type { Releases } from '../release/helm-object.ts';
import type { FileText } from './file-text.ts';
import { type FluxNode, fluxGroup, fluxNode } from './flux-node.ts';
import { type TreeObject, treeObject } from './tree-object.ts';
import type { TreeRecord } from './tree-record.ts';

/** A cluster's tree as Flux sees it: which FluxKustomization applies which objects. */
export interface FluxTree {
  readonly cluster: string;
  /** By path; of two objects with one identity both are here. */
  readonly objects: readonly TreeObject[];
  readonly byKey: ReadonlyMap<string, TreeObject>;
  /** By `namespace/name`, sorted. */
  readonly nodes: ReadonlyMap<string, FluxNode>;
  /** `objectKey` → the FluxKustomization whose folder holds the object; objects outside every folder are in none. */
  readonly owners: ReadonlyMap<string, string>;
  /** FluxKustomization → its objects. */
  readonly objectsOf: ReadonlyMap<string, readonly TreeObject[]>;
  /** Folder of the repository that holds the tree, from the path of the FluxKustomization in flux-system/. */
  readonly base: string;
  /** Folders of the tree that hold files, and those above them; `.` is the tree's own. */
  readonly folders: ReadonlySet<string>;
  readonly files: ReadonlyMap<string, string>;
  /** What its maker wrote down; absent where nobody did. */
  readonly record?: TreeRecord;
  /** What updates of custom objects may not do; absent where nobody says so. */
  readonly updates?: UpdateRules;
  /** What Helm makes of the releases whose charts are at hand; absent where nobody looked. */
  readonly releases?: Releases;
}

export interface FluxTreeOptions {
  readonly cluster: string;
  /** Folder to name in positions, from the workspace. */
  readonly shown: string;
  /** Objects of files that need no reading again, by path. */
  readonly known?: ReadonlyMap<string, readonly JsonValue[]>;
  readonly record?: TreeRecord | undefined;
}

/**
 * Reads a tree from its files. What is no YAML or holds no object is skipped. Which folder a file belongs to follows the
 * `resources` of the kustomization files, as kustomize walks them; transformers of copied bases are not run.
 */
export function fluxTree(files: readonly FileText[], { cluster, shown, known, record }: FluxTreeOptions): FluxTree {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const objects: TreeObject[] = [];
  const lists = new Map<string, readonly string[]>();
  for (const { path, text } of files) {
    if (!/\.ya?ml$/.test(path)) continue;
    for (const value of known?.get(path) ?? readYaml(text, 'kustomize').documents.map((each) => each.value)) {
      if (isKustomizationFile(value)) lists.set(posix.dirname(path), resourcesOf(value));
      const object = treeObject(value, { path, shown: `${shown}/${path}`, text });
      if (object !== undefined && object.group !== 'kustomize.config.k8s.io') objects.push(object);
    }
  }
  const nodes = new Map(
    objects
      .filter(({ group, kind }) => group === fluxGroup && kind === 'Kustomization')
      .map((object) => fluxNode(object))
      .sort(by(({ key }) => key))
      .map((node) => [node.key, node]),
  );
  const base = baseOf([...nodes.values()]);
  const byFile = Map.groupBy(objects, ({ path }) => path);
  const paths = [...texts.keys()];
  const rootSource = [...nodes.values()].find(({ folder }) => folder === `${base}/flux-system`)?.source;
  const owners = new Map<string, string>();
  const objectsOf = new Map<string, readonly TreeObject[]>();
  // A FluxKustomization on another source reads another repository, whatever its path.
  for (const node of nodes.values()) {
    const folder =
      node.folder === base ? '' : node.folder.startsWith(`${base}/`) ? node.folder.slice(base.length + 1) : undefined;
    if (folder === undefined || (rootSource !== undefined && node.source !== rootSource)) continue;
    const own = filesOf(folder, lists, paths).flatMap((path) => byFile.get(path) ?? []);
    objectsOf.set(node.key, own);
    for (const object of own) owners.set(objectKey(object), node.key);
  }
  return {
    cluster,
    objects,
    byKey: new Map(objects.toReversed().map((object) => [objectKey(object), object])),
    nodes,
    owners,
    objectsOf,
    base,
    folders: foldersOf(paths),
    files: texts,
    ...(record && { record }),
  };
}

function foldersOf(paths: readonly string[]): ReadonlySet<string> {
  const found = new Set(['.']);
  for (const path of paths) {
    for (let folder = posix.dirname(path); !found.has(folder); folder = posix.dirname(folder)) found.add(folder);
  }
  return found;
}

function baseOf(nodes: readonly FluxNode[]): string {
  const root = nodes.find(({ object }) => object.path.startsWith('flux-system/')) ?? nodes[0];
  return root?.folder.replace(/\/?flux-system$/, '') ?? '';
}

function isKustomizationFile(value: JsonValue): value is JsonObject {
  return isObject(value) && String(value.apiVersion).startsWith('kustomize.config.k8s.io/');
}

function resourcesOf(value: JsonObject): readonly string[] {
  return [value.resources, value.components, value.bases].flatMap((list) =>
    Array.isArray(list) ? list.filter((each) => typeof each === 'string') : [],
  );
}

/** Files that kustomize reads for a folder; where it has no kustomization file, all below it, as the controller does. */
function filesOf(
  folder: string,
  lists: ReadonlyMap<string, readonly string[]>,
  paths: readonly string[],
  seen: Set<string> = new Set(),
): readonly string[] {
  const place = folder === '' ? '.' : folder;
  if (seen.has(place)) return [];
  seen.add(place);
  const list = lists.get(place);
  if (list === undefined) return paths.filter((path) => place === '.' || path.startsWith(`${place}/`));
  return list.flatMap((entry) => {
    const path = posix.normalize(posix.join(place, entry));
    return /\.ya?ml$/.test(path) ? [path] : lists.has(path) ? filesOf(path, lists, paths, seen) : [];
  });
}
