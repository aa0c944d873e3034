export { allAddresses, gitAddresses } from './addresses.ts';
export { type Api, type ApiAnswer, connectApi, type WatchEvent } from './api.ts';
export { type Applied, type ObservedWake, readApplied, wakesBetween } from './applied.ts';
export { type Clock, clockOf, observedPath } from './clock-of.ts';
export { dataIdentities } from './data-identities.ts';
export { deletionsOf, goneTooEarly } from './deletions.ts';
export {
  awaitReady,
  awaitTree,
  bootstrap,
  type FluxSpec,
  fluxKustomizations,
  fluxSpec,
  isFluxKustomization,
  keyOf,
  kustomizationsPath,
  pushFleet,
  releasesPath,
  replaceFleet,
} from './fleet.ts';
export { type FluxFolder, fluxTree } from './flux-tree.ts';
export { pushCommit, pushRepository, type RepositoryFiles, repositoryUrl } from './gitea.ts';
export { failuresOf, happeningsOf, tooEarly } from './happenings-of.ts';
export { apply, type Condition, type KubernetesObject, kubectl, list, readyCondition, tryKubectl } from './kubectl.ts';
export { beginLife, type Life } from './life.ts';
export { operatorFinalizer, playOperators } from './operators.ts';
export { playCluster } from './play-cluster.ts';
export { keyReferences, lackingKeys } from './pod-references.ts';
export { type RecordedEvent, type Recording, record } from './record.ts';
export { referenceAvailable, referenceCrds } from './reference-crds.ts';
export { type ResourcePaths, resourcePaths } from './resource-paths.ts';
export { givenIn, readBy } from './secret-store.ts';
export { ociBase, serveCharts } from './serve-charts.ts';
export { type Stack, stackAvailable, startStack, stopStack } from './stack.ts';
export { readTree, type Tree, withoutKustomizations } from './tree.ts';
export { until } from './until.ts';
export { untilAttempted } from './until-attempted.ts';
export { vainLooks } from './vain-looks.ts';
export { copyWorkspace, type WorkspaceCopy } from './workspace-copy.ts';
export { wrongLeftovers } from './wrong-leftovers.ts';
