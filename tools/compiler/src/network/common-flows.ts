import type { Span } from '@fluxwright/diagnostics';
import { mapsIn } from '@fluxwright/documents';
import { groupOf, objectTitle } from '@fluxwright/kubernetes';
import type { ResolvedCluster } from '@fluxwright/model';
import type { Resource } from '../data/rendered-cluster.ts';
import { namespaceOwners } from '../plan/namespace-owners.ts';
import type { Flow, FlowPort } from './flow.ts';
import type { NetworkFacts } from './network-facts.ts';

/**
 * What holds for the pods of every namespace of a component: they find names, the kubelet asks how they are, they talk among themselves; and
 * to the API server where their account is bound to a role.
 */
export function commonFlows(
  cluster: ResolvedCluster,
  resources: readonly Resource[],
  facts: NetworkFacts,
): readonly Flow[] {
  const bound = boundAccounts(cluster, resources);
  return namespaceOwners(cluster).flatMap(({ name: namespace, owner }) => {
    const own = { namespace };
    const span = owner.component.manifest.locate(['spec', 'namespace']);
    const reason = (text: string, at: Span = span) => ({ text, span: at });
    const binding = bound.get(namespace);
    const asks = binding !== undefined && (facts.pods.get(namespace) ?? []).some(({ hasAccount }) => hasAccount);
    return [
      { from: own, to: names, ports: namePorts, reason: reason('pods look up names') },
      { from: { entity: 'kubelet' }, to: own, reason: reason('the kubelet asks its pods how they are') },
      { from: own, to: own, reason: reason('pods of one namespace are parts of one system') },
      ...(asks
        ? [
            {
              from: own,
              to: { entity: 'api-server' } as const,
              reason: reason(`${objectTitle(binding)} gives its pods a role`, binding.origin.span),
            },
          ]
        : []),
    ] satisfies Flow[];
  });
}

/** The pods behind the name server of a cluster, as K3s and kubeadm label them. */
export const names = { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } } as const;
const namePorts: readonly FlowPort[] = [
  { port: 53, protocol: 'UDP' },
  { port: 53, protocol: 'TCP' },
];

/**
 * One binding of a role for each namespace with accounts that have one. Of an object that is recorded only its name is known; it binds
 * accounts of the release.
 */
function boundAccounts({ components }: ResolvedCluster, resources: readonly Resource[]): ReadonlyMap<string, Resource> {
  const placeOf = new Map(components.map(({ component }) => [component.name, component.spec.namespace]));
  const found = new Map<string, Resource>();
  for (const resource of resources) {
    const { apiVersion, kind, object, namespace } = resource;
    if (groupOf(apiVersion) !== 'rbac.authorization.k8s.io' || !kind.endsWith('RoleBinding')) continue;
    const accounts = mapsIn(object.subjects).filter((subject) => subject.kind === 'ServiceAccount');
    const said = accounts.map((subject) => subject.namespace ?? namespace);
    const places =
      object.subjects === undefined ? [namespace ?? placeOf.get(resource.origin.stage?.component ?? '')] : said;
    for (const place of places) if (typeof place === 'string' && !found.has(place)) found.set(place, resource);
  }
  return found;
}
