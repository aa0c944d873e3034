import type { Diagnostic } from '@fluxwright/diagnostics';
import { knownObjects, type RenderedCluster } from '../data/rendered-cluster.ts';
import { catalogueFacts } from '../needs/catalogue-facts.ts';
import { matchNeeds } from '../needs/match-needs.ts';
import { proveFacts } from './prove-facts.ts';
import { proveFlows } from './prove-flows.ts';
import { orderCycles, proveOrder } from './prove-order.ts';
import { proveProviders } from './prove-providers.ts';
import { proveReloads } from './prove-reloads.ts';
import { proveServedVersions } from './prove-served-versions.ts';
import { refutedProvisions } from './refuted-provisions.ts';
import { unusedRequirements } from './unused-requirements.ts';

/**
 * Proves from the rendered objects that a cluster can come up: each need has a provider, each provider comes first, and
 * no stage waits for itself (docs/decisions/0007). What Helm will make of the charts at hand counts as well: it is held against
 * the order, and decides none of it, since a tree must not change with the charts that happen to be there.
 */
export function proveCluster(rendered: RenderedCluster): readonly Diagnostic[] {
  const { cluster } = rendered;
  const { refuted, diagnostics } = refutedProvisions(rendered);
  const matches = matchNeeds(cluster, knownObjects(rendered), refuted);
  const found = [
    ...catalogueFacts(cluster).diagnostics,
    ...diagnostics,
    ...proveFacts(rendered),
    ...proveProviders(matches, rendered),
    ...proveServedVersions(rendered),
    ...proveReloads(rendered),
    ...proveFlows(rendered),
    ...proveOrder(rendered, matches),
    ...orderCycles(rendered),
    ...unusedRequirements(rendered, matches),
  ];
  return found.map((each) => ({ ...each, cluster: cluster.name }));
}
