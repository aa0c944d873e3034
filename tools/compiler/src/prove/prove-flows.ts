import { type Diagnostic, diagnostic, listWords } from '@fluxwright/diagnostics';
import { objectTitle } from '@fluxwright/kubernetes';
import { labelsOfNamespace } from '../data/namespace-labels.ts';
import type { RenderedCluster, Resource } from '../data/rendered-cluster.ts';
import { type BlockedFlow, blockedFlows } from '../network/blocked-flows.ts';
import { networkPlan } from '../network/closed-namespaces.ts';
import { clusterFlows } from '../network/cluster-flows.ts';
import { type FlowParty, isPods, type PodParty, partyText, portsText } from '../network/flow.ts';
import { networkFacts } from '../network/network-facts.ts';
import { allObjects } from '../network/network-objects.ts';

/**
 * The network policies of a cluster let through every flow that its graph shows (docs/decisions/0082): those that we make, those of
 * charts and those by hand. Held against what charts really make where they are at hand. What only audits is held as if it denied.
 */
export function proveFlows(rendered: RenderedCluster): readonly Diagnostic[] {
  const { cluster } = rendered;
  const plan = networkPlan(cluster);
  if (plan === undefined) return [];
  const resources = allObjects(rendered);
  const facts = networkFacts(resources);
  const closed = new Set(plan.closed.map(({ namespace }) => namespace));
  // That all pods of a namespace belong together is what closing it takes for granted; who wrote a policy by hand knows better.
  const flows = clusterFlows(cluster, resources, facts).filter(
    ({ from, to }) => !isWithin(from, to) || closed.has(from.namespace),
  );
  const blocked = blockedFlows(flows, { resources, facts, namespaceLabels: namespaceLabels(resources) });
  return [...blocked.map(blockedFinding), ...(plan.mode === 'enforce' ? openFindings(plan.open) : [])];
}

function isWithin(from: FlowParty, to: FlowParty): from is PodParty {
  return isPods(from) && isPods(to) && from.namespace === to.namespace;
}

function blockedFinding({ flow, side, policies }: BlockedFlow): Diagnostic {
  const [policy] = policies;
  const { from, to, ports, reason } = flow;
  const titles = policies.map(objectTitle);
  const way = side === 'ingress' ? 'does not let it in' : 'does not let it out';
  return diagnostic('prove/blocked-flow', {
    message: `${partyText(from)} cannot call ${partyText(to)} at ${portsText(ports)}`,
    primary: reason.span,
    note: reason.text,
    labels: policy === undefined ? [] : [{ span: policy.origin.span, message: `${listWords(titles, 'and')} ${way}` }],
    help: 'let the policy let this through, or take the line away that shows it where nobody calls there',
  });
}

function openFindings(
  open: readonly { readonly namespace: string; readonly because: string; readonly span: Diagnostic['primary'] }[],
) {
  const [first] = open;
  if (first === undefined) return [];
  const names = open.map(({ namespace }) => namespace);
  return [
    diagnostic('prove/open-network', {
      message: `${names.length === 1 ? 'a namespace stays' : `${names.length} namespaces stay`} open to all calls: ${listWords(names, 'and')}`,
      ...(first.span && { primary: first.span }),
      note: `${first.namespace}: ${first.because}`,
    }),
  ];
}

function namespaceLabels(resources: readonly Resource[]): (namespace: string) => Readonly<Record<string, unknown>> {
  const known = new Map(
    resources
      .filter(({ kind, apiVersion }) => kind === 'Namespace' && apiVersion === 'v1')
      .map((each) => [each.name, each.object]),
  );
  return (namespace) => labelsOfNamespace(namespace, known.get(namespace));
}
