import { by } from '@fluxwright/documents';
import { objectKey, type UpdateRules } from '@fluxwright/kubernetes';
import { type FluxNode, fluxNode, isFluxKustomization } from './flux-node.ts';
import type { Releases } from './helm-object.ts';
import type { KustomizationFile } from './kustomization-file.ts';
import type { TreeObject } from './tree-object.ts';
import type { TreeRecord } from './tree-record.ts';

/** A FluxKustomization and what it makes of its folder. */
export interface AppliedFolder {
  readonly kustomization: TreeObject;
  /** From the tree's folder, '' for that itself; absent where its folder is not in the tree. */
  readonly folder?: string;
  /** True where its source is this tree, or one that this tree is a part of. */
  readonly isOwn: boolean;
  readonly objects: readonly TreeObject[];
  /** Why kustomize cannot build it. */
  readonly fault?: string;
}

/** What a tree is read from: see {@link FluxTree}. */
export interface TreeParts {
  readonly cluster?: string;
  readonly objects: readonly TreeObject[];
  readonly applied: readonly AppliedFolder[];
  readonly kustomizationFiles?: readonly KustomizationFile[];
  readonly files?: ReadonlyMap<string, string>;
  /** True where what nobody in the tree applies is taken for applied by somebody else. */
  readonly isPart?: boolean;
}

/** A cluster's tree as Flux sees it: which FluxKustomization applies which objects. */
export interface FluxTree {
  /** '' where nobody says. */
  readonly cluster: string;
  /** By path; of two objects with one identity both are here. */
  readonly objects: readonly TreeObject[];
  /** Of two objects with one identity the first. */
  readonly byKey: ReadonlyMap<string, TreeObject>;
  /** Every FluxKustomization, two of one name included. */
  readonly applied: readonly AppliedFolder[];
  /** By `namespace/name`, sorted. */
  readonly nodes: ReadonlyMap<string, FluxNode>;
  /** `objectKey` → the FluxKustomization whose folder holds the object; objects outside every folder are in none. */
  readonly owners: ReadonlyMap<string, string>;
  /** FluxKustomization of this tree's source → its folder; undefined where that is not there. */
  readonly folderOf: ReadonlyMap<string, string | undefined>;
  /** FluxKustomization of this tree's source → its objects. */
  readonly objectsOf: ReadonlyMap<string, readonly TreeObject[]>;
  /** Those that kustomize reads; absent where the tree is not on a disk, and its maker says what is listed. */
  readonly kustomizationFiles?: readonly KustomizationFile[];
  /** Path → text, of what is YAML. */
  readonly files: ReadonlyMap<string, string>;
  /** True where what nobody in the tree applies is taken for applied by somebody else. */
  readonly isPart: boolean;
  /** What its maker wrote down; absent where nobody did. */
  readonly record?: TreeRecord;
  /** What updates of custom objects may not do; absent where nobody says so. */
  readonly updates?: UpdateRules;
  /** What Helm makes of the releases whose charts are at hand; absent where nobody looked. */
  readonly releases?: Releases;
}

/** A tree of its parts, with what is looked up in it. Linear in the objects. */
export function fluxTreeOf({
  cluster = '',
  objects,
  applied,
  kustomizationFiles,
  files = new Map(),
  isPart = false,
}: TreeParts): FluxTree {
  const nodes = objects
    .filter(isFluxKustomization)
    .map((object) => fluxNode(object))
    .sort(by(({ key }) => key));
  const own = applied
    .filter(({ isOwn }) => isOwn)
    .map((each) => ({ ...each, key: `${each.kustomization.namespace ?? ''}/${each.kustomization.name}` }))
    .sort(by(({ key }) => key));
  return {
    cluster,
    objects,
    byKey: new Map(objects.toReversed().map((object) => [objectKey(object), object])),
    applied,
    nodes: new Map(nodes.map((node) => [node.key, node])),
    owners: new Map(own.flatMap(({ key, objects: made }) => made.map((object) => [objectKey(object), key] as const))),
    folderOf: new Map(own.map(({ key, folder }) => [key, folder])),
    objectsOf: new Map(own.map(({ key, objects: made }) => [key, made])),
    ...(kustomizationFiles && { kustomizationFiles }),
    files,
    isPart,
  };
}
