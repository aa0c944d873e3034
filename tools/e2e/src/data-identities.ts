import type { Api } from './api.ts';
import { keyOf } from './fleet.ts';
import type { KubernetesObject } from './kubectl.ts';

/** Kinds whose loss is a loss of data: what a volume is claimed by, and whose pods or instances hold one. */
const paths: readonly (readonly [kind: string, path: string])[] = [
  ['Cluster', 'apis/postgresql.cnpg.io/v1/clusters'],
  ['PersistentVolumeClaim', 'api/v1/persistentvolumeclaims'],
  ['StatefulSet', 'apis/apps/v1/statefulsets'],
];

/** `Kind namespace/name` → uid of every such object in the cluster. An object that was made anew has another uid. */
export async function dataIdentities(api: Api): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {};
  for (const [kind, path] of paths) {
    const { body } = await api.get(path);
    for (const object of (body as { readonly items: readonly KubernetesObject[] }).items)
      found[`${kind} ${keyOf(object)}`] = object.metadata.uid ?? '';
  }
  return found;
}
