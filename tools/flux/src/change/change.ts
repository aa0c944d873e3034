import type { JsonPath } from '@fluxwright/documents';
import type { TreeObject } from '../tree/tree-object.ts';

/** What becomes of an identity between two trees. */
export type ChangeKind =
  /** It is in the new tree no more. */
  | 'deleted'
  /** It is back under another name, or in another namespace. */
  | 'renamed'
  | 'namespace-changed'
  /** Another FluxKustomization of the same component applies it, or one of another component. */
  | 'moved'
  | 'owner-changed'
  /** What makes a Helm release has changed, so it is installed anew. */
  | 'release-renamed'
  | 'release-moved'
  | 'chart-changed'
  /** A field has changed that Kubernetes does not let anybody change. */
  | 'immutable-field'
  /** It reads a generated secret from another place, where another one is made. */
  | 'new-secret'
  /** It no longer has a version that its objects are stored in. */
  | 'dropped-version'
  /** It goes over a release that has to run in between. */
  | 'skipped-release';

/** What Flux does about a change; `renewed` is a secret that another one takes the place of, `refused` stops the FluxKustomization until somebody helps. */
export type Effect = 'kept' | 'deleted' | 'recreated' | 'reinstalled' | 'renewed' | 'refused';

/** The mark in the old tree that makes the change harmless: out of pruning, or a release nobody uninstalls. */
export type Hold = 'prune' | 'suspend';

/** One identity that is lost, moves, or is made anew. */
export interface Change {
  readonly kind: ChangeKind;
  /** As the old tree has it. */
  readonly object: TreeObject;
  /** As the new tree has it, where it does. */
  readonly now?: TreeObject;
  /** The field that makes the difference, where it is one. */
  readonly at?: JsonPath;
  readonly effect: Effect;
  /** A sentence without a subject that says why: `Kustomization flux-system/web prunes it`. */
  readonly because: string;
  /** What goes with it for good; absent where nothing does, or it stays. */
  readonly loses?: string;
  readonly hold?: Hold;
  /** What to do where no mark helps, or besides. */
  readonly advice: string;
  readonly acknowledged: boolean;
}

/** A change before anybody looked whether it is acknowledged. */
export type ChangeDraft = Omit<Change, 'acknowledged'>;

/** Everything about identities that a change of a tree does, by file. */
export interface ChangePlan {
  readonly cluster: string;
  readonly changes: readonly Change[];
  /** Names in `spec.acknowledge` that no change needs. */
  readonly unused: readonly string[];
}
