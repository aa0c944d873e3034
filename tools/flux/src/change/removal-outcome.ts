import { objectKey } from '@fluxwright/kubernetes';
import { hasFluxMark } from '../tree/flux-mark.ts';
import type { FluxNode } from '../tree/flux-node.ts';
import type { FluxTree } from '../tree/flux-tree.ts';
import type { TreeObject } from '../tree/tree-object.ts';

/** What Flux does to an object that leaves the folder of the FluxKustomization that made it. */
export type RemovalOutcome =
  | { readonly kind: 'deleted'; readonly by: string }
  /** It stays in the cluster; nothing applies it any more. */
  | { readonly kind: 'kept'; readonly because: string };

/**
 * What becomes of an object of the old tree that its FluxKustomization has no more. Garbage collection skips objects that have in the cluster the
 * annotation or label `prune: disabled`, and runs only with `prune: true`; of a deleted FluxKustomization the deletion policy
 * decides, and a suspended one leaves everything (kustomize-controller docs/spec/v1/kustomizations.md, "Prune", "Deletion
 * policy"). It skips `reconcile: disabled` and `ssa: Ignore` as well, but Flux does not apply an object with such a mark, so it brings
 * none to the cluster (v1.9.5 kustomization_controller.go deleteObjects; fluxcd/pkg ssa v0.76.2 manager_delete.go Delete,
 * manager_apply.go shouldSkipApply). What the new tree says counts where it is careful too: the controller may read the old
 * or the new object first.
 */
export function removalOutcome(object: TreeObject, before: FluxTree, after: FluxTree): RemovalOutcome {
  if (hasFluxMark(object.object, 'prune', 'disabled'))
    return { kind: 'kept', because: 'kustomize.toolkit.fluxcd.io/prune is disabled on it' };
  const owner = before.owners.get(objectKey(object));
  const old = owner === undefined ? undefined : before.nodes.get(owner);
  if (old === undefined) return { kind: 'kept', because: 'no FluxKustomization applies it' };
  const now = after.nodes.get(old.key);
  return now === undefined ? ofDeleted(old, before, after) : ofRemaining(old, now);
}

function ofRemaining(old: FluxNode, now: FluxNode): RemovalOutcome {
  if (!old.prune && !now.prune) return { kind: 'kept', because: `${named(old)} does not prune` };
  if (old.suspend && now.suspend) return { kind: 'kept', because: `${named(old)} is suspended` };
  return { kind: 'deleted', by: `${named(old)} prunes it` };
}

function ofDeleted(old: FluxNode, before: FluxTree, after: FluxTree): RemovalOutcome {
  if (old.suspend) return { kind: 'kept', because: `${named(old)} is suspended when it is deleted` };
  if (old.deletionPolicy === 'Orphan')
    return { kind: 'kept', because: `${named(old)} is deleted with the policy Orphan` };
  // The root cannot own itself; a node whose own object stays is not deleted at all.
  const own =
    before.owners.get(objectKey(old.object)) === old.key ? undefined : removalOutcome(old.object, before, after);
  if (own?.kind === 'kept') return { kind: 'kept', because: `${named(old)} itself stays: ${own.because}` };
  return { kind: 'deleted', by: `${named(old)} is removed and deletes what it applied` };
}

function named({ object }: FluxNode): string {
  return `Kustomization ${object.namespace}/${object.name}`;
}
