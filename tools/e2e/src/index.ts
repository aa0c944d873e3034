export {
  awaitReady,
  bootstrap,
  type FluxSpec,
  fluxKustomizations,
  fluxSpec,
  gitAddresses,
  isFluxKustomization,
  pushFleet,
} from './fleet.ts';
export { pushRepository, repositoryUrl } from './gitea.ts';
export { apply, type Condition, type KubernetesObject, kubectl, list, readyCondition, tryKubectl } from './kubectl.ts';
export { playOperators } from './operators.ts';
export { referenceAvailable, referenceCrds } from './reference-crds.ts';
export { ociBase, serveCharts } from './serve-charts.ts';
export { type Stack, stackAvailable, startStack, stopStack } from './stack.ts';
export { readTree, type Tree } from './tree.ts';
export { until } from './until.ts';
