import type { Resource } from '../data/rendered-cluster.ts';

/** Namespaces of https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#initial-namespaces. */
const initial = new Set(['default', 'kube-system', 'kube-public', 'kube-node-lease']);

/** The commands after which a namespace is there: as the tree has it, or an empty one. */
export function namespaceCommands(namespace: string, resources: readonly Resource[]): readonly string[] {
  if (initial.has(namespace)) return [];
  const object = resources.find(({ kind, name }) => kind === 'Namespace' && name === namespace);
  return [
    object === undefined
      ? `kubectl create namespace ${namespace} --dry-run=client --output yaml | kubectl apply --server-side --filename -`
      : `kubectl apply --server-side --filename ../${object.path}`,
  ];
}
