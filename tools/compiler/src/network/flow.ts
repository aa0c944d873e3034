import type { JsonObject } from '@fluxwright/documents';
import type { Reason } from '@fluxwright/model';

/** One port, or a range of them. */
export interface FlowPort {
  readonly port: number;
  readonly end?: number;
  readonly protocol: 'TCP' | 'UDP' | 'SCTP';
  /** Of HTTP without TLS: the requests that are let through; absent where all are. */
  readonly http?: readonly HttpRequest[];
}

/** A request of HTTP: `path` is all of it without the query; one that ends in `/*` stands for all that is below, and for itself. */
export interface HttpRequest {
  readonly method: string;
  readonly path: string;
}

/**
 * What is no pod of a namespace. `world`: all outside of the cluster. `cluster`: all inside. `nodes`: what runs in the network of a node.
 * `kubelet`: that of a pod's own node. `api-server`. `gateway`: what brings in the traffic of routes.
 */
export type FlowEntity = 'world' | 'cluster' | 'nodes' | 'kubelet' | 'api-server' | 'gateway';

/** Pods of a namespace: all, or those with these labels. */
export interface PodParty {
  readonly namespace: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** An end of a flow: pods, an entity, addresses, or a name outside of the cluster. */
export type FlowParty =
  | PodParty
  | { readonly entity: FlowEntity }
  | { readonly cidr: string }
  | { readonly host: string };

/** Somebody calls somebody (docs/decisions/0082). Who answers sends back on the same connection, which needs no flow of its own. */
export interface Flow {
  readonly from: FlowParty;
  readonly to: FlowParty;
  /** Ports of the pods that are called, not of a Service before them; absent where they are not known, which stands for all. */
  readonly ports?: readonly FlowPort[];
  /** What shows it, and where. */
  readonly reason: Reason;
}

/** Labels as they are said somewhere; what is no text there is one of a label. */
export function labelsOf(said: JsonObject): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(said).map(([key, value]) => [key, String(value)]));
}

/** Whether labels are at least those of a party. */
export function hasLabels(labels: Readonly<Record<string, string>>, { labels: wanted = {} }: PodParty): boolean {
  return Object.entries(wanted).every(([key, value]) => labels[key] === value);
}

export function isPods(party: FlowParty): party is PodParty {
  return 'namespace' in party;
}

/** The party as a sentence names it. */
export function partyText(party: FlowParty): string {
  if ('entity' in party) return entityTexts[party.entity];
  if ('cidr' in party) return party.cidr;
  if ('host' in party) return party.host;
  const labels = Object.entries(party.labels ?? {}).map(([key, value]) => `${key}=${value}`);
  return `${labels.length === 0 ? 'pods' : `pods ${labels.join(', ')}`} of ${party.namespace}`;
}

const entityTexts: Readonly<Record<FlowEntity, string>> = {
  world: 'the world outside',
  cluster: 'anything in the cluster',
  nodes: 'the nodes',
  kubelet: 'the kubelet',
  'api-server': 'the API server',
  gateway: 'the gateway',
};

/** The ports as a sentence names them. */
export function portsText(ports: readonly FlowPort[] | undefined): string {
  if (ports === undefined) return 'any port';
  const each = ports.map(({ port, end, protocol, http }) => {
    const requests = http?.map(({ method, path }) => `${method} ${path}`).join(', ');
    return `${port}${end === undefined ? '' : `-${end}`}/${protocol}${requests === undefined ? '' : ` (${requests})`}`;
  });
  return `${each.length === 1 ? 'port' : 'ports'} ${each.join(', ')}`;
}
