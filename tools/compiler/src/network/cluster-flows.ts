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
  const flows = [
    ...commonFlows(cluster, resources, facts),
    ...requestFlows(cluster, facts),
    ...toldFlows(cluster, facts),
    ...objectFlows(resources, facts),
    ...addressFlows(cluster, resources, facts),
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
