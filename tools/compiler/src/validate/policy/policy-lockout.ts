import type { Diagnostic, Span } from '@fluxwright/diagnostics';
import { valueAt } from '@fluxwright/documents';
import { definitionNames, failsClosed, isMatched, objectTitle } from '@fluxwright/kubernetes';
import { providedDefinitions, type ResolvedComponent } from '@fluxwright/model';
import { footprintWorkloads } from '../../capacity/footprint-workloads.ts';
import { objectFinding } from '../../data/object-finding.ts';
import type { Resource } from '../../data/rendered-cluster.ts';
import type { CheckContext } from '../check.ts';
import { namespaceLabels } from './namespace-labels.ts';
import { policiesIn } from './policy-refusal.ts';

/** Where Flux runs, and the network and DNS of the cluster: who repairs, and what repairing needs. */
const repairing = ['flux-system', 'kube-system'];

/**
 * A policy that lets nothing in while nobody answers for it leaves out those who would repair that: Flux, the cluster's network, and who
 * answers. And more than one pod answers for it, since one that is moved to another node would stop every change meanwhile.
 */
export function policyLockout(context: CheckContext): readonly Diagnostic[] {
  const labelsOf = namespaceLabels(context);
  return policiesIn(context.applied)
    .filter(({ object }) => failsClosed(object))
    .flatMap((policy) => {
      const engine = context.rendered.cluster.components.find((each) => brings(each, policy));
      const own = engine === undefined ? [] : [engine.component.spec.namespace];
      const reached = [...repairing, ...own].filter((name) =>
        isMatched(policy.object, { object: pod, namespace: { name, labels: labelsOf(name) } }),
      );
      return [
        ...reached.slice(0, 1).map((namespace) => reachFinding(policy, namespace)),
        ...(engine === undefined ? [] : loneServers(context, engine).map((each) => loneFinding(policy, each))),
      ];
    });
}

/** Any pod: policies tell them apart by what they are made of, and selectors by their namespace. */
const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'any' }, spec: { containers: [] } };

function brings(each: ResolvedComponent, { apiVersion, kind }: Resource): boolean {
  const names = definitionNames(apiVersion, kind);
  return providedDefinitions(each.component).some(({ name }) => names.includes(name));
}

/** Where it is said that one pod alone answers for the webhooks of a component: in a rendered workload, or the footprint of a chart that is not at hand. */
function loneServers({ applied, rendered }: CheckContext, { component }: ResolvedComponent): readonly LoneServer[] {
  const { provides, namespace } = component.spec;
  const names = new Set((provides?.webhooks ?? []).flatMap(({ by }) => (by === undefined ? [] : [by])));
  const made = applied.filter(
    (each) => each.kind === 'Deployment' && each.namespace === namespace && names.has(each.name),
  );
  const declared = footprintWorkloads(rendered.cluster).value.filter(
    (each) => each.component === component.name && names.has(each.name) && !made.some(({ name }) => name === each.name),
  );
  return [
    ...made
      .filter(({ object }) => (valueAt(object, ['spec', 'replicas']) ?? 1) === 1)
      .map((each) => ({ title: objectTitle(each), span: each.origin.trace(['spec', 'replicas']).span })),
    ...declared
      .filter(({ replicas }) => replicas === 1)
      .map(({ name, spanOf }) => ({ title: `Deployment ${namespace}/${name}`, span: spanOf('replicas') })),
  ];
}

interface LoneServer {
  readonly title: string;
  readonly span: Span;
}

function reachFinding(policy: Resource, namespace: string): Diagnostic {
  return objectFinding('validate/policy-lockout', policy, {
    at: ['spec', 'matchConstraints', 'namespaceSelector'],
    message: `${objectTitle(policy)} holds in the namespace ${namespace}: while nobody answers for it no pod starts there, not even to repair that`,
    note: `does not leave out ${namespace}`,
    help: `leave out ${namespace} by kubernetes.io/metadata.name, or set failurePolicy: Ignore`,
  });
}

function loneFinding(policy: Resource, { title, span }: LoneServer): Diagnostic {
  return objectFinding('validate/policy-lockout', policy, {
    at: ['spec', 'validationActions'],
    message: `one pod of ${title} answers for ${objectTitle(policy)}, and while it is moved nothing that the policy is asked about can change`,
    note: 'refuses, also while nobody answers',
    labels: [{ span, message: 'one pod' }],
    help: 'let more than one pod answer, or report only',
  });
}
