import type { Diagnostic, DiagnosticCode } from '@fluxwright/diagnostics';
import { type JsonObject, type JsonPath, valueAt } from '@fluxwright/documents';
import {
  isAdmissionPolicy,
  isEnforcing,
  objectTitle,
  type PolicyRefusal,
  type PolicySubject,
  policyRefusals,
} from '@fluxwright/kubernetes';
import { objectFinding } from '../../data/object-finding.ts';
import type { Resource } from '../../data/rendered-cluster.ts';
import type { CheckContext } from '../check.ts';
import { namespaceLabels } from './namespace-labels.ts';
import { podOf } from './pod-of.ts';

/**
 * The cluster's own policies let in what is rendered, the pods of its workloads and the hooks of its charts too. A breach of a policy
 * that refuses is an error, of one that reports a warning: it would be refused once policies are enforced.
 */
export function policyRefusal(context: CheckContext): readonly Diagnostic[] {
  const { applied } = context;
  const policies = policiesIn(applied);
  if (policies.length === 0) return [];
  const labelsOf = namespaceLabels(context);
  return applied.flatMap((resource) =>
    subjectsOf(resource, labelsOf).flatMap(({ at, ...subject }) =>
      policies.flatMap((policy) =>
        policyRefusals(policy.object, subject).map((each) => refusal(policy, resource, { ...each, at })),
      ),
    ),
  );
}

/** The policies among the objects of a cluster that a build can run. */
export function policiesIn(applied: readonly Resource[]): readonly Resource[] {
  return applied.filter(({ object }) => isAdmissionPolicy(object));
}

/** What reaches the API server because of an object: itself, and the pod that it describes. */
export function subjectsOf(
  { object, namespace }: Resource,
  labelsOf: (namespace: string) => Readonly<Record<string, unknown>>,
): readonly (PolicySubject & { readonly at: JsonPath })[] {
  if (isTest(object)) return [];
  const made = podOf(object);
  const where = namespace === undefined ? {} : { namespace: { name: namespace, labels: labelsOf(namespace) } };
  return [
    { object, at: [], ...where },
    ...(made === undefined ? [] : [{ object: made.pod, at: [...made.at, 'spec'], ...where }]),
  ];
}

/** Helm runs a test when somebody asks it to, and Flux where a release says so; it is in nobody's way. */
function isTest(object: JsonObject): boolean {
  const hooks = valueAt(object, ['metadata', 'annotations', 'helm.sh/hook']);
  return typeof hooks === 'string' && hooks.split(',').every((each) => each.trim().startsWith('test'));
}

function refusal(
  policy: Resource,
  resource: Resource,
  { at, index, message }: PolicyRefusal & { readonly at: JsonPath },
): Diagnostic {
  const isRefused = isEnforcing(policy.object);
  const code: DiagnosticCode = isRefused ? 'validate/policy-refusal' : 'validate/policy-breach';
  const what = at.length === 0 ? '' : 'the pods of ';
  return objectFinding(code, resource, {
    at,
    ...(at.length === 0 ? {} : { part: 'key' }),
    message: `${objectTitle(policy)} ${isRefused ? 'refuses' : 'would refuse'} ${what}${objectTitle(resource)}: ${message}`,
    labels: [
      { span: policy.origin.trace(['spec', 'validations', index, 'expression']).span, message: 'the policy says so' },
    ],
    help: `change it, or except its namespace from the policy where it needs what that forbids`,
  });
}
