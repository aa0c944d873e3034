import { isObject, type JsonObject, type JsonValue, mapsIn, valueAt } from '@fluxwright/documents';
import { pluralOf } from '../kind/known-kinds.ts';
import { selectsLabels } from '../object/label-selector.ts';
import { groupOf } from '../object/object-id.ts';
import { type PolicyNames, policyExpression, policyValue } from './policy-expression.ts';

/** What is judged by a policy: an object that reaches the API server, and the labels of its namespace. */
export interface PolicySubject {
  readonly object: JsonObject;
  /** Absent for an object without a namespace. */
  readonly namespace?: { readonly name: string; readonly labels: Readonly<Record<string, unknown>> };
}

/** A validation of a policy that says no. */
export interface PolicyRefusal {
  /** Which of spec.validations. */
  readonly index: number;
  readonly message: string;
}

/**
 * True for an object in the form of Kubernetes' ValidatingAdmissionPolicy that says itself what it does with a breach
 * (`spec.validationActions`): what an engine for policies brings as a kind of its own.
 */
export function isAdmissionPolicy(object: JsonObject): boolean {
  const { matchConstraints, validations, validationActions } = specOf(object);
  return isObject(matchConstraints) && Array.isArray(validations) && Array.isArray(validationActions);
}

/** True where a breach is refused, and not reported alone. */
export function isEnforcing(policy: JsonObject): boolean {
  const { validationActions } = specOf(policy);
  return Array.isArray(validationActions) && validationActions.includes('Deny');
}

/** True where nothing is let in while nobody answers for the policy. */
export function failsClosed(policy: JsonObject): boolean {
  return isEnforcing(policy) && specOf(policy).failurePolicy !== 'Ignore';
}

/** Whether a policy is asked about an object that is made: by its kind, the labels of its namespace and its own. */
export function isMatched(policy: JsonObject, { object, namespace }: PolicySubject): boolean {
  const constraints = valueAt(policy, ['spec', 'matchConstraints']);
  if (!isObject(constraints)) return false;
  const labels = valueAt(object, ['metadata', 'labels']);
  return (
    mapsIn(constraints.resourceRules).some((rule) => namesKind(rule, object)) &&
    !mapsIn(constraints.excludeResourceRules).some((rule) => namesKind(rule, object)) &&
    (constraints.objectSelector === undefined ||
      selectsLabels(constraints.objectSelector, isObject(labels) ? labels : {})) &&
    (namespace === undefined || isInNamespace(policy, namespace.labels))
  );
}

/** Whether a policy holds in a namespace with these labels. */
export function isInNamespace(policy: JsonObject, labels: Readonly<Record<string, unknown>>): boolean {
  const selector = valueAt(policy, ['spec', 'matchConstraints', 'namespaceSelector']);
  return selector === undefined || selectsLabels(selector, labels);
}

/** The validations of a policy that refuse an object. What cannot be run here refuses nothing. */
export function policyRefusals(policy: JsonObject, subject: PolicySubject): readonly PolicyRefusal[] {
  if (!isMatched(policy, subject)) return [];
  const names = namesFor(policy, subject);
  const { matchConditions, validations } = specOf(policy);
  if (!mapsIn(matchConditions).every(({ expression }) => run(expression, names) === true)) return [];
  return mapsIn(validations).flatMap(({ expression, message, messageExpression }, index) => {
    if (run(expression, names) !== false) return [];
    const said = messageExpression === undefined ? message : (run(messageExpression, names) ?? message);
    return [{ index, message: typeof said === 'string' ? said : `breaks ${String(expression)}` }];
  });
}

function namesFor(policy: JsonObject, { object, namespace }: PolicySubject): PolicyNames {
  const names = {
    object: policyValue(object),
    namespaceObject: namespace && policyValue({ metadata: namespace }),
    request: policyValue({
      operation: 'CREATE',
      dryRun: false,
      name: valueAt(object, ['metadata', 'name']) ?? '',
      namespace: namespace?.name ?? '',
    }),
  };
  const variables: Record<string, unknown> = {};
  // Each can read those before it.
  for (const { name, expression } of mapsIn(specOf(policy).variables)) {
    const value = run(expression, { ...names, variables });
    if (typeof name === 'string' && value !== undefined) variables[name] = value;
  }
  return { ...names, variables };
}

function run(expression: JsonValue | undefined, names: PolicyNames): unknown {
  return typeof expression === 'string' ? policyExpression(expression)(names) : undefined;
}

function namesKind(rule: JsonObject, { apiVersion, kind }: JsonObject): boolean {
  const group = groupOf(String(apiVersion));
  const version = String(apiVersion).slice(group === '' ? 0 : group.length + 1);
  const has = (key: string, ...wanted: readonly string[]) => {
    const list = rule[key];
    return Array.isArray(list) && wanted.some((each) => list.includes(each));
  };
  return (
    has('apiGroups', group, '*') &&
    has('apiVersions', version, '*') &&
    has('resources', pluralOf(group, String(kind)), '*', '*/*') &&
    has('operations', 'CREATE', 'UPDATE', '*')
  );
}

function specOf({ spec }: JsonObject): JsonObject {
  return isObject(spec) ? spec : {};
}
