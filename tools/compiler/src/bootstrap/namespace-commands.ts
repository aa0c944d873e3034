import { initialNamespaces } from '@fluxwright/kubernetes';
import type { Resource } from '../data/rendered-cluster.ts';

/** The commands after which a namespace is there: as the tree has it, or an empty one. */
export function namespaceCommands(namespace: string, resources: readonly Resource[]): readonly string[] {
  if (initialNamespaces.includes(namespace)) return [];
  const object = resources.find(({ kind, name }) => kind === 'Namespace' && name === namespace);
  return [
    object === undefined
      ? `kubectl create namespace ${namespace} --dry-run=client --output yaml | kubectl apply --server-side --filename -`
      : `kubectl apply --server-side --filename ../${object.path}`,
  ];
}
