import type { Diagnostic } from '@fluxwright/diagnostics';
import { isObject, mapsIn, valueAt } from '@fluxwright/documents';
import { isInNamespace, objectTitle, policyRefusals } from '@fluxwright/kubernetes';
import { objectFinding } from '../../data/object-finding.ts';
import type { Resource } from '../../data/rendered-cluster.ts';
import type { CheckContext } from '../check.ts';
import { namespaceLabels } from './namespace-labels.ts';
import { policiesIn, subjectsOf } from './policy-refusal.ts';

/** The value of a label that excepts what programs make when they run, which no build sees. */
const unseen = 'at-runtime';

/**
 * A namespace whose component excepts it from a policy by a label needs that: without the label something in it would be refused. Said where
 * everything in the namespace is seen, and the label does not say that a program makes what needs it.
 */
export function idleException(context: CheckContext): readonly Diagnostic[] {
  const { rendered, applied } = context;
  const policies = policiesIn(applied);
  if (policies.length === 0) return [];
  const labelsOf = namespaceLabels(context);
  const unlooked = new Set(
    rendered.cluster.components
      .filter(({ component: { name, spec } }) => spec.helm !== undefined && !rendered.charted.includes(name))
      .map(({ component }) => component.spec.namespace),
  );
  return rendered.cluster.components.flatMap(({ component: { name, spec } }) => {
    const namespace = context.objects.find({ group: '', kind: 'Namespace', name: spec.namespace });
    if (namespace === undefined || namespace.origin.stage?.component !== name || unlooked.has(spec.namespace))
      return [];
    const inside = applied.filter((each) => each.namespace === spec.namespace);
    return Object.entries(spec.namespaceLabels ?? {}).flatMap(([label, value]) => {
      const freed = policies.filter((policy) => value !== unseen && isFreed(policy, label, labelsOf(spec.namespace)));
      return freed.some((policy) => inside.some((each) => isRefused(policy, each, label, labelsOf)))
        ? []
        : freed.slice(0, 1).map((policy) => finding(namespace, label, policy));
    });
  });
}

/** Whether a policy would hold in a namespace, were it not for a label that its selector asks not to be there. */
function isFreed({ object }: Resource, label: string, labels: Readonly<Record<string, unknown>>): boolean {
  const selector = valueAt(object, ['spec', 'matchConstraints', 'namespaceSelector']);
  const asks = isObject(selector) ? mapsIn(selector.matchExpressions) : [];
  return (
    asks.some(({ key, operator }) => key === label && (operator === 'DoesNotExist' || operator === 'NotIn')) &&
    !isInNamespace(object, labels) &&
    isInNamespace(object, without(labels, label))
  );
}

function isRefused(
  policy: Resource,
  resource: Resource,
  label: string,
  labelsOf: (namespace: string) => Readonly<Record<string, unknown>>,
): boolean {
  return subjectsOf(resource, (namespace) => without(labelsOf(namespace), label)).some(
    (subject) => policyRefusals(policy.object, subject).length > 0,
  );
}

function without(labels: Readonly<Record<string, unknown>>, label: string): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(labels).filter(([key]) => key !== label));
}

function finding(namespace: Resource, label: string, policy: Resource): Diagnostic {
  return objectFinding('validate/idle-exception', namespace, {
    at: ['metadata', 'labels', label],
    message: `${objectTitle(namespace)} is excepted from ${objectTitle(policy)} for nothing: all that is in it keeps the policy`,
    note: 'this label excepts it',
    labels: [{ span: policy.origin.span, message: 'the policy' }],
    help: `remove the label, or give it the value ${unseen} where a program makes what needs it when it runs`,
  });
}
