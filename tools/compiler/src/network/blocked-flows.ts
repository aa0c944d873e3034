import type { Resource } from '../data/rendered-cluster.ts';
import { type Flow, type FlowParty, hasLabels, isPods } from './flow.ts';
import { isNetworkPolicy, type NetworkFacts } from './network-facts.ts';
import { type Endpoint, type PodEndpoint, policySet, type Verdict, verdictOf } from './verdict.ts';

/** A flow that policies do not let through. */
export interface BlockedFlow extends Pick<Verdict, 'side' | 'policies'> {
  readonly flow: Flow;
}

/** What policies are held against. */
export interface PolicyGround {
  readonly resources: readonly Resource[];
  readonly facts: NetworkFacts;
  readonly namespaceLabels: (namespace: string) => Readonly<Record<string, unknown>>;
}

/** The flows that the policies among the objects deny, or would once they are enforced. */
export function blockedFlows(
  flows: readonly Flow[],
  { resources, facts, namespaceLabels }: PolicyGround,
): readonly BlockedFlow[] {
  const policies = resources.filter(isNetworkPolicy);
  if (policies.length === 0) return [];
  const places = new Set(policies.map(({ namespace }) => namespace));
  const isTouched = (party: FlowParty) => isPods(party) && (places.has(party.namespace) || places.has(undefined));
  const set = policySet(policies, { asEnforced: true });
  const endsOf = (party: FlowParty) => endpointsOf(party, facts, namespaceLabels);
  return flows
    .filter(({ from, to }) => isTouched(from) || isTouched(to))
    .flatMap((flow): BlockedFlow[] => {
      const ports = flow.ports ?? [undefined];
      for (const from of endsOf(flow.from)) {
        for (const to of endsOf(flow.to)) {
          for (const port of ports) {
            const { isAllowed, side, policies } = verdictOf(set, { from, to, ...(port && { port }) });
            if (!isAllowed) return [{ flow, policies, ...(side && { side }) }];
          }
        }
      }
      return [];
    });
}

/** The pods that a party stands for; one that has only what the party says where none is known, such as those of an operator. */
export function endpointsOf(
  party: FlowParty,
  { pods }: NetworkFacts,
  namespaceLabels: PolicyGround['namespaceLabels'],
): readonly Endpoint[] {
  if (!isPods(party)) return [party];
  const { namespace, labels = {} } = party;
  const found = (pods.get(namespace) ?? []).filter((each) => !each.inHostNetwork && hasLabels(each.labels, party));
  const own = { namespaceLabels: namespaceLabels(namespace) };
  const distinct = new Map(found.map((each) => [JSON.stringify(each.labels), each]));
  const known = [...distinct.values()].map(
    (each): PodEndpoint => ({ namespace, labels: each.labels, ports: each.ports, ...own }),
  );
  return known.length > 0 ? known : [{ namespace, labels, ...own }];
}
