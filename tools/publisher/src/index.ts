export type { ClusterPlan, PlanBase } from './diff/cluster-plan.ts';
export { type DiffInput, diffTrees } from './diff/diff-trees.ts';
export { formatPlan, type PlanFormat } from './diff/format-plan.ts';
export type { TreeDiff } from './diff/tree-diff.ts';
export type { PublishOutcome } from './publish-outcome.ts';
export { publishTree } from './publish-tree.ts';
export type { PublishTarget } from './target/publish-target.ts';
