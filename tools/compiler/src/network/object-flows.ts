import { isObject, type JsonPath, type JsonValue, mapsIn, valueAt } from '@fluxwright/documents';
import { groupOf, objectTitle } from '@fluxwright/kubernetes';
import type { Resource } from '../data/rendered-cluster.ts';
import type { Flow, FlowParty } from './flow.ts';
import { type NetworkFacts, serviceTarget } from './network-facts.ts';

/** What objects show by their kind: routes, webhooks and other extensions of the API server, Services that the world reaches. */
export function objectFlows(resources: readonly Resource[], facts: NetworkFacts): readonly Flow[] {
  return resources.flatMap((resource) => {
    const read = readers[`${groupOf(resource.apiVersion)}/${resource.kind}`];
    return read === undefined ? [] : read(resource, facts);
  });
}

type Reader = (resource: Resource, facts: NetworkFacts) => readonly Flow[];

/** Pods behind the backends of a route, and whom the Gateway asks before (Gateway API v1.6.1, apis/v1/httproute_types.go and its like). */
const route: Reader = (resource, facts) =>
  mapsIn(valueAt(resource.object, ['spec', 'rules'])).flatMap((rule, index) => [
    ...mapsIn(rule.backendRefs).flatMap((backend, position) =>
      backendFlow({ resource, facts }, backend, ['spec', 'rules', index, 'backendRefs', position], 'leads there'),
    ),
    ...mapsIn(rule.filters).flatMap((filter, position) => {
      const asked = valueAt(filter, ['externalAuth', 'backendRef']);
      const at = ['spec', 'rules', index, 'filters', position, 'externalAuth', 'backendRef'];
      return isObject(asked) ? backendFlow({ resource, facts }, asked, at, 'asks there') : [];
    }),
  ]);

function backendFlow(
  { resource, facts }: { readonly resource: Resource; readonly facts: NetworkFacts },
  { name, namespace = resource.namespace, port, kind = 'Service' }: { readonly [key: string]: JsonValue | undefined },
  at: JsonPath,
  text: string,
): readonly Flow[] {
  if (kind !== 'Service' || typeof name !== 'string' || typeof namespace !== 'string') return [];
  return call({ entity: 'gateway' }, { resource, at: [...at, 'name'], facts, text }, { namespace, name, port });
}

/** The API server calls port 443 where nothing else is said (k8s.io/api admissionregistration/v1, ServiceReference). */
const webhooks: Reader = (resource, facts) =>
  mapsIn(resource.object.webhooks).flatMap((_, index) =>
    extension(resource, ['webhooks', index, 'clientConfig', 'service'], facts),
  );

function extension(resource: Resource, at: JsonPath, facts: NetworkFacts): readonly Flow[] {
  const service = valueAt(resource.object, at);
  if (!isObject(service) || typeof service.name !== 'string' || typeof service.namespace !== 'string') return [];
  const { name, namespace, port = 443 } = service;
  return call({ entity: 'api-server' }, { resource, at, facts, text: 'asks there' }, { namespace, name, port });
}

/** Kubernetes opens a port of each node for these, for whoever reaches it. */
const outerTypes = ['LoadBalancer', 'NodePort'];

const service: Reader = (resource, facts) => {
  const { namespace, name, object } = resource;
  const type = valueAt(object, ['spec', 'type']);
  if (namespace === undefined || typeof type !== 'string' || !outerTypes.includes(type)) return [];
  const at = ['spec', 'type'];
  return call({ entity: 'world' }, { resource, at, facts, text: `is of type ${type}` }, { namespace, name });
};

const readers: Readonly<Record<string, Reader>> = {
  '/Service': service,
  'gateway.networking.k8s.io/GRPCRoute': route,
  'gateway.networking.k8s.io/HTTPRoute': route,
  'gateway.networking.k8s.io/TCPRoute': route,
  'gateway.networking.k8s.io/TLSRoute': route,
  'gateway.networking.k8s.io/UDPRoute': route,
  'admissionregistration.k8s.io/MutatingWebhookConfiguration': webhooks,
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration': webhooks,
  'apiextensions.k8s.io/CustomResourceDefinition': (resource, facts) =>
    extension(resource, ['spec', 'conversion', 'webhook', 'clientConfig', 'service'], facts),
  'apiregistration.k8s.io/APIService': (resource, facts) => extension(resource, ['spec', 'service'], facts),
};

interface Shown {
  readonly resource: Resource;
  readonly at: JsonPath;
  readonly facts: NetworkFacts;
  /** What the object does, as a sentence goes on. */
  readonly text: string;
}

function call(
  from: FlowParty,
  { resource, at, facts, text }: Shown,
  { namespace, name, port }: { readonly namespace: string; readonly name: string; readonly port?: unknown },
): readonly Flow[] {
  const called = { namespace, name, ...(port !== undefined && { port: String(port) }) };
  const { party, ports } = serviceTarget(facts, called);
  const reason = { text: `${objectTitle(resource)} ${text}`, span: resource.origin.trace(at).span };
  return [{ from, to: party, ...(ports && { ports }), reason }];
}
