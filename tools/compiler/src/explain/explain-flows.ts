import type { RenderedCluster, Resource } from '../data/rendered-cluster.ts';
import { networkPlan } from '../network/closed-namespaces.ts';
import { clusterFlows } from '../network/cluster-flows.ts';
import { isPods, partyText, portsText } from '../network/flow.ts';
import { isNetworkPolicy } from '../network/network-facts.ts';
import { writtenObjects } from '../network/network-objects.ts';
import type { ExplainedFlow } from './explanation.ts';

/** The flows that a network policy of ours lets through, and what shows each of them; [] for every other object. */
export function explainFlows(rendered: RenderedCluster, resource: Resource): readonly ExplainedFlow[] {
  const { cluster } = rendered;
  const { namespace } = resource;
  if (!isNetworkPolicy(resource)) return [];
  if (networkPlan(cluster)?.closed.some((each) => each.namespace === namespace) !== true) return [];
  return clusterFlows(cluster, writtenObjects(rendered))
    .filter(({ from, to }) => [from, to].some((party) => isPods(party) && party.namespace === namespace))
    .map(({ from, to, ports, reason }) => ({
      text: `${partyText(from)} may call ${partyText(to)} at ${portsText(ports)}`,
      reason,
    }));
}
