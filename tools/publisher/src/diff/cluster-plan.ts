import type { PublishTarget } from '../target/publish-target.ts';
import type { TreeDiff } from './tree-diff.ts';

/** What publishing a cluster would do, and the state of the branch it was made for. */
export interface ClusterPlan {
  readonly cluster: string;
  readonly target: PublishTarget;
  /** The branch as it was seen; absent where it does not exist yet. */
  readonly base?: PlanBase;
  /** Input digest of the tree: `sha256:…`. */
  readonly input: string;
  readonly diff: TreeDiff;
}

/** A state of the branch, as far as a plan depends on it. */
export interface PlanBase {
  /** The commit at the tip. */
  readonly commit: string;
  /** Git's id of the cluster's folder in it; absent where there is none. A plan holds while this one stays. */
  readonly folder?: string;
}
