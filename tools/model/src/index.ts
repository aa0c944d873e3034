export { checkComponent, checkValues } from './check-component.ts';
export { checkFleet } from './check-fleet.ts';
export { type ClusterFacts, clusterFacts } from './cluster-facts.ts';
export { clusterTargets, type PlacedTarget } from './cluster-targets.ts';
export type { ComponentTest } from './component-test.ts';
export type { GoodValues } from './component-values.ts';
export { edgesOf, type GraphEdge, type GraphNode } from './edges-of.ts';
export type { ClusterSpec, NodePool } from './generated/cluster.ts';
export type {
  ComponentSpec,
  Condition,
  MadeThing,
  NamedObject,
  NeededApi,
  NeededThing,
  ProvidedKind,
  ProvidedObject,
  Reload,
  Webhook,
  Workload,
} from './generated/component.ts';
export type { ProductComponent, ProductSpec } from './generated/product.ts';
export { idleChoices } from './idle-choices.ts';
export { type LoadedTests, loadComponentTests } from './load-component-tests.ts';
export { type LoadOptions, loadWorkspace, readOtherCluster } from './load-workspace.ts';
export { mergeValues } from './merge-values.ts';
export { type ClusterTarget, overlappingTargets, repositoryKey, type TargetOverlap } from './overlapping-targets.ts';
export { type Release, releaseOf } from './release-of.ts';
export {
  type ProvidedDefinition,
  providedCapabilities,
  providedDefinitions,
  type Requirement,
  requiredApis,
  requiredCapabilities,
  requiredComponents,
  requiredObjects,
} from './requirements.ts';
export { resolveCluster } from './resolve-cluster.ts';
export type {
  MergedValues,
  Reason,
  ResolvedCluster,
  ResolvedComponent,
  StageEdge,
  StageId,
} from './resolved-cluster.ts';
export { secretsOf, seesSecret } from './secret-paths.ts';
export { stageCycles } from './stage-cycles.ts';
export { stageKey } from './stage-edges.ts';
export { testedWith } from './tested-with.ts';
export { uniqueValues } from './unique-values.ts';
export type { Cluster, Component, ComponentFile, Product, StageName, Workspace } from './workspace.ts';
