import { isObject, type JsonObject, type JsonValue, mapsIn } from '@fluxwright/documents';
import type { ResolvedCluster } from '@fluxwright/model';
import { type BoundService, boundServices, withOf } from '../template/bound-services.ts';
import { type Flow, type FlowEntity, type FlowParty, type FlowPort, type HttpRequest, labelsOf } from './flow.ts';
import { containerPorts, type NetworkFacts, protocolOf, selectedPods, serviceTarget } from './network-facts.ts';

/** What the contract of a kind says of its requests: the provider calls what they name, or they say themselves who calls whom. */
export function requestFlows(cluster: ResolvedCluster, facts: NetworkFacts): readonly Flow[] {
  return [...boundServices(cluster).values()].flatMap((bound) => {
    const { flow } = bound.request.contract;
    const said = withOf(bound);
    if (flow === 'outputs' || !isObject(said)) return [];
    return flow === 'said' ? saidFlows(bound, said) : namedFlows(bound, said, facts);
  });
}

function saidFlows({ request, consumer }: BoundService, said: JsonObject): readonly Flow[] {
  const pods = podsOf(said.pods);
  const own = { namespace: consumer.component.spec.namespace, ...(pods && { labels: pods }) };
  const reason = (direction: string) => ({ text: `${request.key} says ${direction} whom`, span: request.span });
  return [
    ...mapsIn(said.to).map((to): Flow => ({ from: own, to: partyOf(to), ...portsOf(to), reason: reason('who calls') })),
    ...mapsIn(said.from).map(
      (from): Flow => ({ from: partyOf(from), to: own, ...portsOf(from), reason: reason('who is called by') }),
    ),
  ];
}

function partyOf({ host, cidr, entity, namespace, pods }: JsonObject): FlowParty {
  if (typeof host === 'string') return { host };
  if (typeof cidr === 'string') return { cidr };
  if (typeof entity === 'string') return { entity: entity as FlowEntity };
  const labels = podsOf(pods);
  return { namespace: String(namespace), ...(labels && { labels }) };
}

function portsOf({ ports }: JsonObject): { readonly ports?: readonly FlowPort[] } {
  const said = mapsIn(ports);
  if (said.length === 0) return {};
  return {
    ports: said.map(({ port, end, protocol, http }) => ({
      port: Number(port),
      ...(typeof end === 'number' && { end }),
      protocol: protocolOf(protocol),
      ...(mapsIn(http).length > 0 && { http: mapsIn(http).map(httpRequest) }),
    })),
  };
}

function httpRequest({ method, path }: JsonObject): HttpRequest {
  return { method: String(method), path: String(path) };
}

/** `service` and `port`, also of each of `paths`, or `pods` and `port`, in `namespace`: the words of every contract that asks for calls. */
function namedFlows(
  { request, consumer, provider }: BoundService,
  said: JsonObject,
  facts: NetworkFacts,
): readonly Flow[] {
  const { namespace: place } = consumer.component.spec;
  const namespace = typeof said.namespace === 'string' ? said.namespace : place;
  const from = { namespace: provider.component.spec.namespace };
  const reason = { text: `${provider.component.name} reads the ${request.kind} ${request.key}`, span: request.span };
  const pods = podsOf(said.pods);
  if (pods !== undefined) {
    const selected = selectedPods(facts, namespace, pods);
    const numbers = containerPorts(said.port ?? null, selected.pods);
    const ports = numbers?.map((port): FlowPort => ({ port, protocol: 'TCP' }));
    return [{ from, to: { namespace, labels: pods }, ...(ports && { ports }), reason }];
  }
  return [said, ...mapsIn(said.paths)].flatMap(({ service, port }): Flow[] => {
    if (typeof service !== 'string') return [];
    const { party, ports } = serviceTarget(facts, { namespace, name: service, port: String(port) });
    return [{ from, to: party, ...(ports && { ports }), reason }];
  });
}

function podsOf(labels: JsonValue | undefined): Readonly<Record<string, string>> | undefined {
  return isObject(labels) ? labelsOf(labels) : undefined;
}
