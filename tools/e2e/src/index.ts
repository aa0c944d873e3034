export { pushRepository, repositoryUrl } from './gitea.ts';
export { apply, type Condition, type KubernetesObject, kubectl, list, readyCondition, tryKubectl } from './kubectl.ts';
export { referenceAvailable, referenceCrds } from './reference-crds.ts';
export { type Stack, stackAvailable, startStack, stopStack } from './stack.ts';
export { readTree, type Tree } from './tree.ts';
export { until } from './until.ts';
