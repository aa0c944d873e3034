import { by } from '@fluxwright/documents';
import type { ResolvedCluster } from '@fluxwright/model';
import type { Resource } from '../data/rendered-cluster.ts';
import { addressFlows, toldFlows } from './address-flows.ts';
import { commonFlows } from './common-flows.ts';
import { type Flow, type FlowParty, hasLabels, isPods } from './flow.ts';
import { type NetworkFacts, networkFacts } from './network-facts.ts';
import { objectFlows } from './object-flows.ts';
import { requestFlows } from './request-flows.ts';

/**
 * Who calls whom in a cluster, as far as its manifests, services and objects show it; sorted, each once. Linear in the objects. Pods in the
 * network of their node call with its address, and are called at it.
 */
export function clusterFlows(
  cluster: ResolvedCluster,
  resources: readonly Resource[],
  facts: NetworkFacts = networkFacts(resources),
): readonly Flow[] {
  const asked = requestFlows(cluster, facts);
  const flows = [
    ...commonFlows(cluster, resources, facts),
    ...asked,
    ...toldFlows(cluster, facts),
    ...objectFlows(resources, facts),
    ...addressFlows(cluster, resources, facts).map((flow) => withRequests(flow, asked)),
  ].flatMap((flow) => withNodes(flow, facts));
  const known = new Map<string, Flow>();
  for (const flow of flows) {
    const key = flowKey(flow);
    if (!known.has(key)) known.set(key, flow);
  }
  return [...known].sort(by(([key]) => key)).map(([, flow]) => flow);
}

/** What a flow lets through, as one text: equal for equal flows, whatever shows them. */
export function flowKey({ from, to, ports }: Pick<Flow, 'from' | 'to' | 'ports'>): string {
  return JSON.stringify([partyKey(from), partyKey(to), ports ?? null]);
}

function partyKey(party: FlowParty): readonly unknown[] {
  if (!isPods(party)) return Object.entries(party)[0] ?? [];
  return ['pods', party.namespace, Object.entries(party.labels ?? {}).sort(by(([key]) => key))];
}

/** An address shows that somebody calls, not what for: where who is called says which requests it takes of them, these count. */
function withRequests(flow: Flow, asked: readonly Flow[]): Flow {
  const { from, to } = flow;
  if (!isPods(from) || !isPods(to)) return flow;
  const said = asked.flatMap((each) => {
    const isOf = isPods(each.from) && each.from.namespace === from.namespace && hasLabels(from.labels ?? {}, each.from);
    const isTo = isPods(each.to) && each.to.namespace === to.namespace && hasLabels(to.labels ?? {}, each.to);
    return isOf && isTo ? (each.ports ?? []).filter(({ http }) => http !== undefined) : [];
  });
  if (said.length === 0) return flow;
  return { ...flow, ports: (flow.ports ?? said).map((port) => said.find((each) => each.port === port.port) ?? port) };
}

function withNodes(flow: Flow, facts: NetworkFacts): readonly Flow[] {
  const isOnNode = (party: FlowParty) =>
    isPods(party) &&
    (facts.pods.get(party.namespace) ?? []).some(
      ({ inHostNetwork, labels }) => inHostNetwork && hasLabels(labels, party),
    );
  const nodes = { entity: 'nodes' } as const;
  return [
    flow,
    ...(isOnNode(flow.from) ? [{ ...flow, from: nodes }] : []),
    ...(isOnNode(flow.to) && !('entity' in flow.from && flow.from.entity === 'kubelet')
      ? [{ ...flow, to: nodes }]
      : []),
  ];
}
