import { isObject, type JsonObject, type JsonValue, mapsIn } from '@fluxwright/documents';
import { selectsLabels } from '@fluxwright/kubernetes';
import type { Resource } from '../data/rendered-cluster.ts';
import type { FlowEntity, FlowParty, FlowPort } from './flow.ts';

/** An end of a connection: a pod with its labels, or what is no pod. */
export type Endpoint = PodEndpoint | Exclude<FlowParty, { readonly namespace: string }>;

export interface PodEndpoint {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Names of its ports. */
  readonly ports?: readonly { readonly name?: string; readonly port: number }[];
  readonly namespaceLabels?: Readonly<Record<string, unknown>>;
}

/** One connection; `port` absent: to each port there is. */
export interface Connection {
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly port?: FlowPort;
}

/** Whether a connection is let through. Where it is not, the policies that close the pod on the side that refuses, or the one that denies it. */
export interface Verdict {
  readonly isAllowed: boolean;
  readonly side?: 'ingress' | 'egress';
  readonly policies: readonly Resource[];
}

/** The policies of a cluster, read once for many connections. */
export interface PolicySet {
  readonly rules: readonly PolicyRule[];
}

/** The part of a policy that selects some pods. */
interface PolicyRule {
  readonly policy: Resource;
  readonly selects: (pod: PodEndpoint) => boolean;
  readonly ingress?: readonly Peers[];
  readonly egress?: readonly Peers[];
  readonly ingressDeny: readonly Peers[];
  readonly egressDeny: readonly Peers[];
  /** Directions that it closes for the pods it selects. */
  readonly closes: { readonly ingress: boolean; readonly egress: boolean };
}

/** One entry of a direction: who, and at which ports. */
interface Peers {
  readonly has: (end: Endpoint) => boolean;
  readonly ports: readonly JsonObject[];
}

/**
 * Reads NetworkPolicies and Cilium's. `asEnforced`: as if policies of Cilium that deny nothing by default did.
 *
 * Sources: Kubernetes 1.36, networking/v1 NetworkPolicySpec: a policy closes the directions of its policyTypes for the pods that it selects, and
 * what any policy lets through is let through. Cilium 1.20, Documentation/security/policy/{intro,language}.rst: a rule closes the directions
 * that it has a section for, unless enableDefaultDeny says otherwise; a deny goes before every allow; the node of a pod can always call it;
 * addresses never stand for pods or nodes of the cluster.
 */
export function policySet(
  policies: readonly Resource[],
  { asEnforced = false }: { readonly asEnforced?: boolean } = {},
): PolicySet {
  return {
    rules: policies.flatMap((policy) =>
      policy.kind === 'NetworkPolicy' ? kubernetesRules(policy) : ciliumRules(policy, asEnforced),
    ),
  };
}

/** Holds a connection against policies: its pod must be let out, and the other's let it in. */
export function verdictOf({ rules }: PolicySet, connection: Connection): Verdict {
  const { from, to } = connection;
  if ('namespace' in from) {
    const out = directed(rules, from, to, { side: 'egress', connection });
    if (!out.isAllowed) return out;
  }
  return 'namespace' in to ? directed(rules, to, from, { side: 'ingress', connection }) : allowed;
}

const allowed: Verdict = { isAllowed: true, policies: [] };

interface Direction {
  readonly side: 'ingress' | 'egress';
  readonly connection: Connection;
}

function directed(
  rules: readonly PolicyRule[],
  pod: PodEndpoint,
  other: Endpoint,
  { side, connection }: Direction,
): Verdict {
  const selecting = rules.filter((rule) => rule.selects(pod));
  const port = connection.port;
  const target = 'namespace' in connection.to ? connection.to : undefined;
  const lets = (peers: Peers) => peers.has(other) && hasPort(peers.ports, port, target);
  const denies = selecting.filter((rule) =>
    rule[side === 'ingress' ? 'ingressDeny' : 'egressDeny'].some(
      (peers) => peers.has(other) && mayHavePort(peers.ports, port, target),
    ),
  );
  if (denies.length > 0) return { isAllowed: false, side, policies: denies.map(({ policy }) => policy) };
  // Whoever is on a pod's node could stop it, too: it is never kept out.
  if (side === 'ingress' && 'entity' in other && other.entity === 'kubelet') return allowed;
  const closing = selecting.filter(({ closes }) => closes[side]);
  if (closing.length === 0 || selecting.some((rule) => rule[side]?.some(lets))) return allowed;
  return { isAllowed: false, side, policies: [...new Set(closing.map(({ policy }) => policy))] };
}

/** Whether all of what is asked for is let through. */
function hasPort(ports: readonly JsonObject[], port: FlowPort | undefined, target: PodEndpoint | undefined): boolean {
  if (ports.length === 0) return true;
  return port !== undefined && ports.some((each) => covers(each, port, target));
}

function mayHavePort(
  ports: readonly JsonObject[],
  port: FlowPort | undefined,
  target: PodEndpoint | undefined,
): boolean {
  return ports.length === 0 || port === undefined || ports.some((each) => covers(each, port, target));
}

function covers(said: JsonObject, flow: FlowPort, target: PodEndpoint | undefined): boolean {
  return hasPortNumber(said, flow, target) && hasRequests(mapsIn(said.http), flow);
}

/**
 * Whether rules of layer 7 let through all that is asked for. Method and path are regular expressions for the whole text, the path with its
 * query; what a rule does not say it is not about (cilium/cilium:Documentation/security/policy/language.rst@v1.20.0, "Layer 7 Examples").
 */
function hasRequests(rules: readonly JsonObject[], { http }: FlowPort): boolean {
  if (rules.length === 0) return true;
  const isWhole = (said: JsonValue | undefined, text: string) =>
    said === undefined || new RegExp(`^(?:${String(said)})$`).test(text);
  const lets = (method: string, path: string) =>
    rules.some((rule) => isWhole(rule.method, method) && isWhole(rule.path, path) && rule.headers === undefined);
  return (
    http?.every(({ method, path }) => {
      const paths = path.endsWith('/*') ? [path.slice(0, -2), `${path.slice(0, -1)}a/b`] : [path];
      return paths.flatMap((each) => [each, `${each}?a=b`]).every((each) => lets(method, each));
    }) === true
  );
}

function hasPortNumber(
  said: JsonObject,
  { port, end = port, protocol }: FlowPort,
  target: PodEndpoint | undefined,
): boolean {
  const isProtocol = said.protocol === 'ANY' || (said.protocol ?? 'TCP') === protocol;
  if (!isProtocol || said.port === undefined) return isProtocol;
  const first = typeof said.port === 'number' || /^\d+$/.test(String(said.port)) ? Number(said.port) : undefined;
  if (first === undefined)
    return target?.ports?.some((each) => each.name === said.port && each.port === port) === true && end === port;
  if (first === 0) return true;
  return first <= port && end <= (typeof said.endPort === 'number' ? said.endPort : first);
}

function kubernetesRules(policy: Resource): readonly PolicyRule[] {
  const spec = isObject(policy.object.spec) ? policy.object.spec : undefined;
  // Of what is only known by its name nobody can say whom it closes.
  if (spec === undefined) return [];
  const types = Array.isArray(spec.policyTypes)
    ? spec.policyTypes
    : ['Ingress', ...(spec.egress === undefined ? [] : ['Egress'])];
  const peersOf = (rules: JsonValue | undefined, key: 'from' | 'to'): readonly Peers[] =>
    mapsIn(rules).map((rule) => ({
      ports: mapsIn(rule.ports),
      has: kubernetesPeers(mapsIn(rule[key]), policy.namespace),
    }));
  return [
    {
      policy,
      selects: ({ namespace, labels }) =>
        namespace === policy.namespace && selectsLabels(spec.podSelector ?? {}, labels),
      ...(types.includes('Ingress') && { ingress: peersOf(spec.ingress, 'from') }),
      ...(types.includes('Egress') && { egress: peersOf(spec.egress, 'to') }),
      ingressDeny: [],
      egressDeny: [],
      closes: { ingress: types.includes('Ingress'), egress: types.includes('Egress') },
    },
  ];
}

function kubernetesPeers(peers: readonly JsonObject[], own: string | undefined): Peers['has'] {
  if (peers.length === 0) return () => true;
  return (end) =>
    peers.some(({ ipBlock, namespaceSelector, podSelector }) => {
      if (isObject(ipBlock)) return isIn([ipBlock.cidr ?? null], end) && !mayBeIn(ipBlock.except, end);
      if (!('namespace' in end)) return false;
      const isThere =
        namespaceSelector === undefined
          ? end.namespace === own
          : selectsLabels(namespaceSelector, namespaceLabelsOf(end));
      return isThere && (podSelector === undefined || selectsLabels(podSelector, end.labels));
    });
}

function namespaceLabelsOf({ namespace, namespaceLabels }: PodEndpoint): Readonly<Record<string, unknown>> {
  return { ...namespaceLabels, 'kubernetes.io/metadata.name': namespace };
}

function ciliumRules(policy: Resource, asEnforced: boolean): readonly PolicyRule[] {
  const { spec, specs } = policy.object;
  return [...(isObject(spec) ? [spec] : []), ...mapsIn(specs)].map((rule): PolicyRule => {
    const { enableDefaultDeny: deny } = rule;
    const closes = (side: 'ingress' | 'egress') =>
      (rule[side] !== undefined || rule[`${side}Deny`] !== undefined) &&
      (asEnforced || !isObject(deny) || deny[side] !== false);
    const own = policy.kind === 'CiliumNetworkPolicy' ? policy.namespace : undefined;
    const peersOf = (side: string, prefix: 'from' | 'to') =>
      mapsIn(rule[side]).map((each) => ({
        ports: mapsIn(each.toPorts).flatMap(({ ports, rules }) =>
          mapsIn(ports).map((port) => ({ ...port, http: isObject(rules) ? (rules.http ?? null) : null })),
        ),
        has: ciliumPeers(each, { prefix, own }),
      }));
    return {
      policy,
      selects: (pod) => selectsEndpoint(rule.endpointSelector, pod, own),
      ...(rule.ingress !== undefined && { ingress: peersOf('ingress', 'from') }),
      ...(rule.egress !== undefined && { egress: peersOf('egress', 'to') }),
      ingressDeny: peersOf('ingressDeny', 'from'),
      egressDeny: peersOf('egressDeny', 'to'),
      closes: { ingress: closes('ingress'), egress: closes('egress') },
    };
  });
}

interface CiliumSide {
  readonly prefix: 'from' | 'to';
  readonly own: string | undefined;
}

/** Without any of these an entry is for everybody. */
const peerKeys = ['Endpoints', 'Entities', 'CIDR', 'CIDRSet', 'FQDNs', 'Services', 'Groups', 'Nodes', 'Requires'];

function ciliumPeers(rule: JsonObject, { prefix, own }: CiliumSide): Peers['has'] {
  const listed = peerKeys.filter((key) => rule[`${prefix}${key}`] !== undefined);
  if (listed.length === 0) return () => true;
  const of = (key: string): readonly JsonValue[] => {
    const list = rule[`${prefix}${key}`];
    return Array.isArray(list) ? (list as readonly JsonValue[]) : [];
  };
  const entities = of('Entities').map(String);
  const blocks = [...of('CIDR'), ...of('CIDRSet').map((each) => (isObject(each) ? (each.cidr ?? null) : null))];
  return (end) => {
    if ('namespace' in end)
      return (
        entities.some((each) => each === 'all' || each === 'cluster') ||
        of('Endpoints').some((each) => selectsEndpoint(each, end, own))
      );
    if ('entity' in end) return hasEntity(entities, end.entity, prefix) || isIn(blocks, end);
    if (entities.some((each) => each === 'all' || each === 'world')) return true;
    if ('host' in end)
      return (
        isIn(blocks, end) ||
        mapsIn(of('FQDNs')).some(({ matchName, matchPattern }) => [matchName, matchPattern].includes(end.host))
      );
    return isIn(blocks, end);
  };
}

/** What each entity of a flow needs, all of it: of the API server a caller may have the address of any node. */
const entityNeeds = {
  world: ['world'],
  cluster: ['cluster'],
  nodes: ['host', 'remote-node'],
  kubelet: ['host'],
  gateway: ['ingress'],
} as const;

function hasEntity(entities: readonly string[], entity: FlowEntity, prefix: 'from' | 'to'): boolean {
  if (entities.includes('all')) return true;
  if (entity !== 'world' && entities.includes('cluster')) return true;
  const needed =
    entity === 'api-server'
      ? prefix === 'to'
        ? ['kube-apiserver']
        : ['kube-apiserver', 'host', 'remote-node']
      : entityNeeds[entity];
  return needed.every((each) => entities.includes(each));
}

/** Labels may say where they come from; those of the namespace say which it is. Without one it is the policy's own. */
function selectsEndpoint(
  selector: JsonValue | undefined,
  { namespace, labels }: PodEndpoint,
  own: string | undefined,
): boolean {
  const place = 'io.kubernetes.pod.namespace';
  const plain = withoutSources(isObject(selector) ? selector : {});
  const said = [
    ...Object.keys(isObject(plain.matchLabels) ? plain.matchLabels : {}),
    ...mapsIn(plain.matchExpressions).map(({ key }) => key),
  ];
  if (own !== undefined && !said.includes(place) && namespace !== own) return false;
  return selectsLabels(plain, { ...labels, [place]: namespace });
}

function withoutSources(selector: JsonObject): JsonObject {
  const { matchLabels, matchExpressions } = selector;
  const plain = (key: unknown) => String(key).replace(/^(k8s|any):/, '');
  return {
    ...(isObject(matchLabels) && {
      matchLabels: Object.fromEntries(Object.entries(matchLabels).map(([key, value]) => [plain(key), value])),
    }),
    ...(Array.isArray(matchExpressions) && {
      matchExpressions: mapsIn(matchExpressions).map((each) => ({ ...each, key: plain(each.key) })),
    }),
  };
}

const everywhere = '0.0.0.0/0';

/** Whether all addresses of an end lie in one of the blocks. */
function isIn(blocks: readonly JsonValue[], end: Endpoint): boolean {
  if ('cidr' in end) return blocks.some((block) => typeof block === 'string' && contains(block, end.cidr));
  const isOutside = 'host' in end || ('entity' in end && end.entity === 'world');
  return isOutside && blocks.includes(everywhere);
}

function mayBeIn(blocks: JsonValue | undefined, end: Endpoint): boolean {
  if (!Array.isArray(blocks)) return false;
  return (
    !('cidr' in end) || blocks.some((block) => contains(String(block), end.cidr) || contains(end.cidr, String(block)))
  );
}

function contains(outer: string, inner: string): boolean {
  const [a, b] = [outer, inner].map(blockOf);
  if (a === undefined || b === undefined) return outer === inner;
  return (
    a.length <= b.length &&
    Math.floor(a.address / 2 ** (32 - a.length)) === Math.floor(b.address / 2 ** (32 - a.length))
  );
}

function blockOf(text: string): { readonly address: number; readonly length: number } | undefined {
  const [, a, b, c, d, length = '32'] = /^(\d+)\.(\d+)\.(\d+)\.(\d+)(?:\/(\d+))?$/.exec(text) ?? [];
  if (a === undefined) return undefined;
  const address = [a, b, c, d].reduce((sum, each) => sum * 256 + Number(each), 0);
  return { address, length: Number(length) };
}
