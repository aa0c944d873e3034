import { loadWorkspace, resolveCluster } from '@fluxwright/model';

/** The version of Flux that a cluster asks for; undefined where its manifests do not say. */
export function fluxOfCluster(root: string, cluster: string): string | undefined {
  const { value } = loadWorkspace(root, { clusters: [cluster] });
  return resolveCluster(value, cluster).value?.spec.flux.version;
}
