export { checkComponent, checkValues } from './check-component.ts';
export { checkFleet } from './check-fleet.ts';
export { type ClusterFacts, clusterFacts } from './cluster-facts.ts';
export { clusterTargets, type PlacedTarget } from './cluster-targets.ts';
export type { ComponentTest } from './component-test.ts';
export type { GoodValues } from './component-values.ts';
export { edgesOf, type GraphEdge, type GraphNode } from './edges-of.ts';
export { emptyMap } from './empty-map.ts';
export { findCycles } from './find-cycles.ts';
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
  Webhook,
  Workload,
} from './generated/component.ts';
export type { ProductComponent, ProductSpec } from './generated/product.ts';
export { idleChoices } from './idle-choices.ts';
export { formatPath, isObject, pointerPath, valueAt } from './json-path.ts';
export { kubernetesKey, kubernetesScalar, type YamlReader } from './kubernetes-scalar.ts';
export { linearPattern } from './linear-pattern.ts';
export { type LoadedTests, loadComponentTests } from './load-component-tests.ts';
export { type LoadOptions, loadWorkspace, readOtherCluster } from './load-workspace.ts';
export { mergeValues } from './merge-values.ts';
export {
  type ClusterTarget,
  overlappingTargets,
  repositoryKey,
  type TargetOverlap,
} from './overlapping-targets.ts';
export { parseJson } from './parse-json.ts';
export { parseYaml } from './parse-yaml.ts';
export { brokenTextHelp, findUnprintable, isWholeText } from './printable-text.ts';
export { isPlainToAll, quoting } from './quoting.ts';
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
export { isPlain, type Readings, readings, readingsInWords } from './scalar-readings.ts';
export { secretsOf, seesSecret } from './secret-paths.ts';
export type { JsonObject, JsonPath, JsonValue, SourceDocument } from './source-document.ts';
export { stageKey } from './stage-edges.ts';
export { testedWith } from './tested-with.ts';
export { uniqueValues } from './unique-values.ts';
export type { Cluster, Component, ComponentFile, Product, StageName, Workspace } from './workspace.ts';
export { yamlHelp } from './yaml-help.ts';
