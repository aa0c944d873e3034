import { isObject, type JsonObject, type JsonValue, mapsIn, valueAt } from '@fluxwright/documents';
import { groupOf } from '@fluxwright/kubernetes';
import { podPath } from '../data/pod-path.ts';
import type { Resource } from '../data/rendered-cluster.ts';
import { type FlowPort, labelsOf, type PodParty } from './flow.ts';

/** The pods that a workload makes, as far as networks go. */
export interface KnownPods {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly ports: readonly { readonly name?: string; readonly port: number }[];
  /** They have the addresses of their node. */
  readonly inHostNetwork: boolean;
  /** They run as a ServiceAccount that is not their namespace's default. */
  readonly hasAccount: boolean;
  readonly resource: Resource;
}

/** What of a cluster's objects decides who is called: its pods by namespace, its Services by `namespace/name`. */
export interface NetworkFacts {
  readonly pods: ReadonlyMap<string, readonly KnownPods[]>;
  readonly services: ReadonlyMap<string, Resource>;
}

/** Reads the facts off objects. Of an object that is there twice, the one that tells more counts. */
export function networkFacts(resources: readonly Resource[]): NetworkFacts {
  const pods = resources.flatMap((resource) => knownPods(resource) ?? []);
  const services = resources
    .filter(({ apiVersion, kind }) => kind === 'Service' && apiVersion === 'v1')
    .sort((a, b) => Number(isObject(a.object.spec)) - Number(isObject(b.object.spec)));
  return {
    pods: Map.groupBy(pods, ({ namespace }) => namespace),
    services: new Map(services.map((each) => [`${each.namespace}/${each.name}`, each])),
  };
}

function knownPods(resource: Resource): KnownPods | undefined {
  const { object, namespace } = resource;
  const at = podPath(object);
  const spec = at === undefined ? undefined : valueAt(object, at);
  if (at === undefined || namespace === undefined || !isObject(spec) || isTest(object)) return undefined;
  const labels = valueAt(object, [...at.slice(0, -1), 'metadata', 'labels']);
  const account = spec.serviceAccountName;
  return {
    namespace,
    labels: isObject(labels) ? labelsOf(labels) : {},
    ports: mapsIn(spec.containers).flatMap(({ ports }) => mapsIn(ports).flatMap(containerPort)),
    inHostNetwork: spec.hostNetwork === true,
    hasAccount: typeof account === 'string' && account !== 'default',
    resource,
  };
}

function containerPort({ name, containerPort: port }: JsonObject): readonly KnownPods['ports'][number][] {
  return typeof port === 'number' ? [{ port, ...(typeof name === 'string' && { name }) }] : [];
}

/** Helm runs a test when somebody asks it to. */
function isTest(object: JsonObject): boolean {
  return String(valueAt(object, ['metadata', 'annotations', 'helm.sh/hook']) ?? '').startsWith('test');
}

/** Where calls to a Service end. */
export interface ServiceTarget {
  readonly party: PodParty;
  readonly ports?: readonly FlowPort[];
}

/** Which Service is called; all of its ports without `port`. */
export interface CalledService {
  readonly namespace: string;
  readonly name: string;
  readonly port?: string;
}

/**
 * The pods and ports that calls to a Service reach: network policies see these, and never the Service. Labels that programs set on
 * pods while they run do not count: they change, and with them who is reached. Ports are absent where they are not known.
 */
export function serviceTarget(facts: NetworkFacts, { namespace, name, port }: CalledService): ServiceTarget {
  const service = facts.services.get(`${namespace}/${name}`);
  const spec = isObject(service?.object.spec) ? service.object.spec : {};
  if (!isObject(spec.selector)) return { party: { namespace } };
  const selector = labelsOf(spec.selector);
  const selected = selectedPods(facts, namespace, selector);
  const said = mapsIn(spec.ports).filter(
    (each) => port === undefined || [each.port, each.name].map(String).includes(port),
  );
  const ports = said.map((each) => targetPorts(each, selected.pods));
  // Pods that an operator makes are seen nowhere, and have what the Service selects them by.
  const labels = selected.labels ?? (selected.pods.length === 0 ? selector : undefined);
  const party = { namespace, ...(labels && { labels }) };
  const known = ports.flatMap((each) => each ?? []);
  return ports.length === 0 || ports.includes(undefined) ? { party } : { party, ports: known };
}

/** Pods with labels: those of a Service's selector, or of a request. */
export function selectedPods(
  { pods }: NetworkFacts,
  namespace: string,
  selector: Readonly<Record<string, string>>,
): { readonly pods: readonly KnownPods[]; readonly labels?: Readonly<Record<string, string>> } {
  const wanted = Object.entries(selector);
  const near = (pods.get(namespace) ?? []).filter(({ labels }) =>
    wanted.every(([key, value]) => !Object.hasOwn(labels, key) || labels[key] === value),
  );
  const whole = near.filter(({ labels }) => wanted.every(([key]) => Object.hasOwn(labels, key)));
  const found =
    whole.length > 0 ? whole : near.filter(({ labels }) => wanted.some(([key]) => Object.hasOwn(labels, key)));
  const shared = wanted.filter(([key]) => found.every(({ labels }) => Object.hasOwn(labels, key)));
  return { pods: found, ...(found.length > 0 && shared.length > 0 && { labels: Object.fromEntries(shared) }) };
}

/** The ports of containers that a port of a Service leads to; undefined where nothing says it. */
function targetPorts({ port, targetPort, protocol }: JsonObject, pods: readonly KnownPods[]): FlowPort[] | undefined {
  // Charts write a targetPort without a value, which is none.
  const numbers = containerPorts(targetPort ?? port ?? null, pods);
  return numbers?.map((each) => ({ port: each, protocol: protocolOf(protocol) }));
}

/** The numbers of a port that is said by number or by the name that containers have for it. */
export function containerPorts(port: JsonValue, pods: readonly KnownPods[]): number[] | undefined {
  if (typeof port === 'number') return [port];
  if (typeof port === 'string' && /^\d+$/.test(port)) return [Number(port)];
  const numbers = pods.flatMap(({ ports }) => ports.filter(({ name }) => name === port).map((each) => each.port));
  return numbers.length === 0 ? undefined : [...new Set(numbers)];
}

export function protocolOf(said: JsonValue | undefined): FlowPort['protocol'] {
  return said === 'UDP' || said === 'SCTP' ? said : 'TCP';
}

/** True for the kinds of policies that {@link verdictOf} knows. */
export function isNetworkPolicy({ apiVersion, kind }: Pick<Resource, 'apiVersion' | 'kind'>): boolean {
  const group = groupOf(apiVersion);
  return (
    (group === 'networking.k8s.io' && kind === 'NetworkPolicy') ||
    (group === 'cilium.io' && (kind === 'CiliumNetworkPolicy' || kind === 'CiliumClusterwideNetworkPolicy'))
  );
}
