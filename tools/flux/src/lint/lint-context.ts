import { isObject, type JsonObject, type JsonValue, reach, valueAt } from '@fluxwright/documents';
import { objectKey } from '@fluxwright/kubernetes';
import { helmGroup, kustomizeGroup } from '../tree/flux-node.ts';
import type { AppliedFolder, FluxTree } from '../tree/flux-tree.ts';
import type { TreeObject } from '../tree/tree-object.ts';
import type { FluxVersion } from '../version/flux-version.ts';
import { featureGates } from './feature-gates.ts';

/** A FluxKustomization, its spec, and what it applies. */
export interface LintedFolder extends AppliedFolder {
  readonly spec: JsonObject;
}

/** An entry of an object's `dependsOn`. It names an object of the same kind, in the same namespace where it gives none. */
export interface Dependency {
  readonly index: number;
  readonly item: JsonObject;
  readonly namespace: string | undefined;
  readonly name: string;
  /** Absent where the tree has none. */
  readonly target: TreeObject | undefined;
}

/** What a rule may look at. */
export interface LintContext {
  readonly tree: FluxTree;
  /** The minor of Flux 2 that the tree is for. */
  readonly minor: number;
  /** Absent where only the minor is said: then the newest patch is meant. */
  readonly patch?: number;
  /** The feature gates that the tree sets on Flux's controllers. */
  readonly gates: ReadonlyMap<string, boolean>;
  readonly applied: readonly LintedFolder[];
  readonly releases: readonly TreeObject[];
  /** All that can have a `dependsOn`: FluxKustomizations, then releases. */
  readonly dependants: readonly TreeObject[];
  dependenciesOf(object: TreeObject): readonly Dependency[];
  /** True where the first is applied only after the second has applied what it holds. */
  isAfter(later: TreeObject, earlier: TreeObject): boolean;
  /** All objects of a kind. */
  ofKind(group: string, kind: string): readonly TreeObject[];
  find(id: Pick<TreeObject, 'group' | 'kind' | 'namespace' | 'name'>): TreeObject | undefined;
}

/** Indexes a tree once for all rules. */
export function lintContext(tree: FluxTree, { minor, patch }: FluxVersion): LintContext {
  const byKind = Map.groupBy(tree.objects, ({ group, kind }) => `${group}/${kind}`);
  const byId = new Map(tree.objects.map((object) => [objectKey(object), object]));
  const ofKind = (group: string, kind: string) => byKind.get(`${group}/${kind}`) ?? [];
  const find = (id: Pick<TreeObject, 'group' | 'kind' | 'namespace' | 'name'>) => byId.get(objectKey(id));
  const kustomizations = ofKind(kustomizeGroup, 'Kustomization');
  const releases = ofKind(helmGroup, 'HelmRelease');
  const applied = tree.applied.map((each): LintedFolder => ({ ...each, spec: specOf(each.kustomization) }));
  const dependenciesOf = (object: TreeObject) =>
    itemsAt(object.object, ['spec', 'dependsOn']).map(({ index, item }) => {
      const name = String(item.name);
      const namespace = typeof item.namespace === 'string' ? item.namespace : object.namespace;
      return { index, item, namespace, name, target: find({ ...object, namespace, name }) };
    });
  const known = new Map<TreeObject, ReadonlySet<TreeObject>>();
  return {
    tree,
    minor,
    ...(patch !== undefined && { patch }),
    gates: featureGates(tree),
    applied,
    releases,
    dependants: [...kustomizations, ...releases],
    dependenciesOf,
    isAfter: (later, earlier) => {
      const before = known.get(later) ?? readyBefore(later, { applied, dependenciesOf });
      known.set(later, before);
      return before.has(earlier);
    },
    ofKind,
    find,
  };
}

/** The spec of an object; empty where it has none. */
export function specOf({ object }: TreeObject): JsonObject {
  return isObject(object.spec) ? object.spec : {};
}

/** The items of a list at a path, those that are maps; with their places. */
export function itemsAt(
  object: JsonObject,
  path: readonly (string | number)[],
): readonly { index: number; item: JsonObject }[] {
  const list: JsonValue | undefined = valueAt(object, path);
  return Array.isArray(list) ? list.flatMap((item, index) => (isObject(item) ? [{ index, item }] : [])) : [];
}

/**
 * What is ready before a FluxKustomization applies what it holds, itself included: those on the way over those it waits for, and
 * those that apply it. A folder's definitions, namespaces and cluster roles are there before the rest of the folder is applied
 * (fluxcd/pkg ssa v0.76.2 manager_apply.go, ApplyAllStaged).
 */
function readyBefore(
  kustomization: TreeObject,
  { applied, dependenciesOf }: Pick<LintContext, 'applied' | 'dependenciesOf'>,
): ReadonlySet<TreeObject> {
  return reach([kustomization], (each) => [
    ...dependenciesOf(each).flatMap(({ target }) => target ?? []),
    ...applied.filter(({ objects }) => objects.includes(each)).map((folder) => folder.kustomization),
  ]);
}
