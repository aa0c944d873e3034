export type { ComponentTest } from './cases/component-test.ts';
export { type LoadedTests, loadComponentTests } from './cases/load-component-tests.ts';
export { testedWith } from './cases/tested-with.ts';
export { type ClusterMembers, clusterMembers } from './catalogue/cluster-members.ts';
export { type ListedCapability, listCapabilities } from './catalogue/list-capabilities.ts';
export { type ListedChoice, type ListedOption, listChoices } from './catalogue/list-choices.ts';
export { type ListedComponent, listComponents } from './catalogue/list-components.ts';
export { type ListedProduct, listProducts } from './catalogue/list-products.ts';
export { type ListedService, listServices } from './catalogue/list-services.ts';
export { checkFleet } from './fleet/check-fleet.ts';
export { type ClusterFacts, clusterFacts } from './fleet/cluster-facts.ts';
export { clusterTargets, failoverBranch, type PlacedTarget } from './fleet/cluster-targets.ts';
export { failoverWorkspace } from './fleet/failover-workspace.ts';
export {
  type ClusterTarget,
  overlappingTargets,
  repositoryKey,
  type TargetOverlap,
} from './fleet/overlapping-targets.ts';
export type { ChartFactsSpec, FactsDependence, FactsObject } from './generated/chart-facts.ts';
export type { ClusterSpec, NodePool } from './generated/cluster.ts';
export type {
  ComponentSpec,
  Condition,
  MadeThing,
  NamedObject,
  NeededApi,
  NeededThing,
  Pair,
  ProvidedKind,
  ProvidedObject,
  ProvidedService,
  Reload,
  ServiceRequest,
  Webhook,
  Workload,
} from './generated/component.ts';
export type { DefinitionFactsSource, DefinitionFactsSpec } from './generated/definition-facts.ts';
export type { Price, ProductComponent, ProductSpec } from './generated/product.ts';
export { type ChartFacts, factsFile, readChartFacts } from './load/chart-facts.ts';
export {
  type ChartsLock,
  chartFile,
  chartKey,
  type LockedChart,
  type LockedSource,
  lockFile,
  lockText,
  parseLock,
  readLock,
  sourceFolder,
  sourceKey,
} from './load/charts-lock.ts';
export { checkComponent, checkValues } from './load/check-component.ts';
export { networkPolicies } from './load/component-files.ts';
export { type DefinitionFacts, definitionFactsFile, readDefinitionFacts } from './load/definition-facts.ts';
export { type DefinitionPlace, definitionPlaces } from './load/definition-places.ts';
export { type LoadOptions, loadWorkspace, readOtherCluster } from './load/load-workspace.ts';
export { mergeValues } from './load/merge-values.ts';
export { type Release, releaseOf } from './load/release-of.ts';
export {
  type ProvidedDefinition,
  providedCapabilities,
  providedDefinitions,
  type Requirement,
  requiredApis,
  requiredCapabilities,
  requiredComponents,
  requiredObjects,
} from './load/requirements.ts';
export { secretsOf, seesSecret } from './load/secret-paths.ts';
export type { ServiceContract, ServiceFlow, ServicePhase } from './load/service-contract.ts';
export { isPlainOutput, looseContract, requestDefaults, secretKeys } from './load/service-contracts.ts';
export {
  neededServices,
  providedServices,
  type SaidService,
  serviceKinds,
  serviceRequests,
} from './load/services.ts';
export { type SkippedRelease, skippedReleases } from './load/skipped-releases.ts';
export { exclusiveValues, uniqueValues } from './load/unique-values.ts';
export { withClusterText } from './load/with-cluster-text.ts';
export type {
  Cluster,
  Component,
  ComponentFile,
  Product,
  ServiceStage,
  StageName,
  TemplateStage,
  Workspace,
} from './load/workspace.ts';
export { choiceDefaults, clusterSettings, specChoices } from './resolve/cluster-settings.ts';
export { edgesOf, type GraphEdge, type GraphNode } from './resolve/edges-of.ts';
export { type GoodValues, type Judgement, judgeValues } from './resolve/good-values.ts';
export { idleChoices } from './resolve/idle-choices.ts';
export { clusterPart } from './resolve/pair-services.ts';
export { resolveCluster } from './resolve/resolve-cluster.ts';
export type {
  Fact,
  FactName,
  MergedValues,
  OptionPrice,
  PairPart,
  PairRole,
  Reason,
  ResolvedCluster,
  ResolvedComponent,
  ResolvedPeer,
  ResolvedRequest,
  ServicePair,
  StageEdge,
  StageId,
} from './resolve/resolved-cluster.ts';
export { stageCycles } from './resolve/stage-cycles.ts';
export { stageKey } from './resolve/stage-edges.ts';
export { isBeside, isStageName } from './resolve/stages-of.ts';
export { type StandIns, standIns } from './resolve/stand-ins.ts';
