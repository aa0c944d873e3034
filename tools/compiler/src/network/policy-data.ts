import { by, type JsonObject, type JsonValue } from '@fluxwright/documents';
import type { ClosedNamespace, NetworkMode } from './closed-namespaces.ts';
import { names } from './common-flows.ts';
import { type Flow, type FlowParty, type FlowPort, isPods } from './flow.ts';

/** What a policy lets through, for the template that writes it: see `networkShape`. */
export function policyData(
  { namespace, owner }: ClosedNamespace,
  { flows, mode }: { readonly flows: readonly Flow[]; readonly mode: NetworkMode },
): JsonObject {
  const own = flows.filter(({ from, to }) => isOf(namespace, from) || isOf(namespace, to));
  const rules = new Map<string, Rule>([[keyOf({}), { labels: {}, ingress: new Map(), egress: new Map() }]]);
  const ruleOf = ({ labels = {} }: { readonly labels?: Labels }): Rule => {
    const key = keyOf(labels);
    const known = rules.get(key) ?? { labels, ingress: new Map(), egress: new Map() };
    rules.set(key, known);
    return known;
  };
  for (const { from, to, ports } of own) {
    if (isPods(to) && to.namespace === namespace) addPeer(ruleOf(to).ingress, from, ports);
    if (isPods(from) && from.namespace === namespace) addPeer(ruleOf(from).egress, to, ports);
  }
  const { name, spec } = owner.component;
  return {
    name,
    title: spec.title,
    namespace,
    enforced: mode === 'enforce',
    // Who may call a name has it looked up by who sees what it means.
    names: own.some(({ to }) => 'host' in to),
    rules: [...rules]
      .sort(by(([key]) => key))
      .map(([, rule]) => beyond(rule, rules.get(keyOf({}))))
      .filter(({ labels, ingress, egress }) => keyOf(labels) === '' || ingress.size + egress.size > 0)
      .map(({ labels, ingress, egress }) => ({
        labels: shown(labels),
        ingress: peersOf(ingress, namespace),
        egress: peersOf(egress, namespace),
      })),
  };
}

/** A rule of some pods without what all pods of the namespace may at every port. */
function beyond(rule: Rule, all: Rule | undefined): Rule {
  if (all === undefined || rule === all) return rule;
  const further = (peers: Rule['ingress'], known: Rule['ingress']): Rule['ingress'] =>
    new Map([...peers].filter(([key]) => !known.has(key) || known.get(key)?.ports !== undefined));
  return { ...rule, ingress: further(rule.ingress, all.ingress), egress: further(rule.egress, all.egress) };
}

type Labels = Readonly<Record<string, string>>;

interface Rule {
  readonly labels: Labels;
  readonly ingress: Map<string, Peer>;
  readonly egress: Map<string, Peer>;
}

interface Peer {
  readonly party: FlowParty;
  /** Absent: all. */
  readonly ports?: readonly FlowPort[];
}

function isOf(namespace: string, party: FlowParty): boolean {
  return isPods(party) && party.namespace === namespace;
}

function keyOf(labels: Labels): string {
  return Object.entries(labels)
    .sort(by(([key]) => key))
    .map(([key, value]) => `${key}=${value}`)
    .join();
}

function addPeer(peers: Map<string, Peer>, party: FlowParty, ports: readonly FlowPort[] | undefined): void {
  const key = JSON.stringify(isPods(party) ? [party.namespace, keyOf(party.labels ?? {})] : Object.entries(party)[0]);
  const known = peers.get(key);
  if (known === undefined) peers.set(key, { party, ...(ports && { ports }) });
  else if (known.ports !== undefined) peers.set(key, { party, ...(ports && { ports: [...known.ports, ...ports] }) });
}

function peersOf(peers: ReadonlyMap<string, Peer>, namespace: string): JsonValue[] {
  return [...peers].sort(by(([key]) => key)).map(([, { party, ports }]) => ({
    ...nothing,
    ...(isPods(party)
      ? {
          namespace: party.namespace,
          labels: shown(party.labels ?? {}),
          own: party.namespace === namespace && party.labels === undefined,
        }
      : party),
    names: isPods(party) && party.namespace === names.namespace,
    ports: portsOf((ports ?? []).filter(({ http }) => http === undefined)),
    http: requestsOf(ports ?? []),
  }));
}

/** Null where there are none: an empty map is something to a template. */
function shown(labels: Labels): JsonObject | null {
  return Object.keys(labels).length === 0 ? null : { ...labels };
}

const nothing = { own: false, namespace: null, labels: null, entity: null, cidr: null, host: null };

/** Ports of which only some requests are let through, by number, each once. */
function requestsOf(ports: readonly FlowPort[]): JsonValue[] {
  const said = Map.groupBy(
    ports.filter(({ http }) => http !== undefined),
    ({ port }) => port,
  );
  return [...said]
    .sort(([a], [b]) => a - b)
    .map(([port, each]) => {
      const known = new Map(
        each.flatMap(({ http = [] }) =>
          http.map(({ method, path }) => [`${path} ${method}`, { method, path }] as const),
        ),
      );
      return { port, requests: [...known].sort(by(([key]) => key)).map(([, request]) => request) };
    });
}

function portsOf(ports: readonly FlowPort[]): JsonValue[] {
  const known = new Map(ports.map((each) => [JSON.stringify([each.protocol, each.port, each.end ?? null]), each]));
  const sorted = [...known.values()].sort((a, b) => a.port - b.port || (a.protocol < b.protocol ? -1 : 1));
  return sorted.map(({ port, end, protocol }) => ({ port, end: end ?? null, protocol }));
}
