import { groupOf, objectTitle } from '@fluxwright/kubernetes';
import { providedDefinitions, type ResolvedCluster } from '@fluxwright/model';
import type { Resource } from '../data/rendered-cluster.ts';
import { clusterKinds } from '../facts/cluster-kinds.ts';
import { type ServiceAddress, serviceAddresses } from '../needs/service-addresses.ts';
import { boundServices } from '../template/bound-services.ts';
import type { Flow } from './flow.ts';
import { isNetworkPolicy, type NetworkFacts, serviceTarget } from './network-facts.ts';

/**
 * Who names the address of a Service in another namespace calls it. An object of Kubernetes and the values of a release are read by pods
 * of their namespace; an object of a custom kind by those, and by who brings the kind.
 */
export function addressFlows(
  cluster: ResolvedCluster,
  resources: readonly Resource[],
  facts: NetworkFacts,
): readonly Flow[] {
  const operatorOf = operators(cluster);
  return resources.flatMap((resource) => {
    const found = serviceAddresses(resource.object);
    if (found.length === 0 || isNetworkPolicy(resource)) return [];
    const operator = operatorOf(resource);
    if (operator === 'flux') return [];
    // A custom kind lists names for other reasons too: those of certificates.
    const called = operator === undefined ? found : found.filter(({ port }) => port !== undefined);
    const callers = [resource.namespace, operator].filter((each) => each !== undefined);
    return called.flatMap((address) =>
      [...new Set(callers)].flatMap((namespace) =>
        flowTo(address, { namespace, facts }, () => ({
          text: `${objectTitle(resource)} names ${addressText(address)}`,
          span: resource.origin.trace(address.at).span,
        })),
      ),
    );
  });
}

/** A consumer calls the Services that it is told of, unless the contract of the kind says otherwise. */
export function toldFlows(cluster: ResolvedCluster, facts: NetworkFacts): readonly Flow[] {
  return [...boundServices(cluster).values()]
    .filter(({ request }) => request.contract.flow === 'outputs')
    .flatMap(({ request, consumer, outputs }) =>
      serviceAddresses(outputs).flatMap((address) =>
        flowTo(address, { namespace: consumer.component.spec.namespace, facts }, () => ({
          text: `the ${request.kind} ${request.key} is reached at ${addressText(address)}`,
          span: request.span,
        })),
      ),
    );
}

function flowTo(
  { name, namespace, port }: ServiceAddress,
  { namespace: from, facts }: { readonly namespace: string; readonly facts: NetworkFacts },
  reason: () => Flow['reason'],
): readonly Flow[] {
  if (from === namespace || (port === undefined && !facts.services.has(`${namespace}/${name}`))) return [];
  const { party, ports } = serviceTarget(facts, { namespace, name, ...(port !== undefined && { port }) });
  return [{ from: { namespace: from }, to: party, ...(ports && { ports }), reason: reason() }];
}

function addressText({ name, namespace, port }: ServiceAddress): string {
  return `${name}.${namespace}.svc${port === undefined ? '' : `:${port}`}`;
}

/** The namespace of who brings a kind; `flux` for its own, whose controllers call nothing that such an object names. */
function operators(cluster: ResolvedCluster): (resource: Resource) => string | undefined {
  const byDefinition = new Map(
    cluster.components.flatMap(({ component }) =>
      providedDefinitions(component).map(({ name }) => [name, component.spec.namespace] as const),
    ),
  );
  const { definitionNames } = clusterKinds(cluster);
  return ({ apiVersion, kind }) => {
    const group = groupOf(apiVersion);
    if (group.endsWith('.toolkit.fluxcd.io')) return kind === 'HelmRelease' ? undefined : 'flux';
    const name = definitionNames(apiVersion, kind).find((each) => byDefinition.has(each));
    return name === undefined ? undefined : byDefinition.get(name);
  };
}
