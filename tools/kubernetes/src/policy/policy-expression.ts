import { memoText } from '@fluxwright/documents';
import { Environment } from '@marcbachmann/cel-js';

/** The names that an expression of a policy can begin with (https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/#validation-expression). */
export interface PolicyNames {
  readonly object: unknown;
  readonly namespaceObject: unknown;
  readonly request: unknown;
  readonly variables: unknown;
}

/** What an expression of a policy gives: undefined where it, or something that it reads or calls, is not known here. */
export type PolicyExpression = (names: PolicyNames) => unknown;

const environment = new Environment({ homogeneousAggregateLiterals: false, enableOptionalTypes: true })
  .registerVariable('object', 'dyn')
  .registerVariable('oldObject', 'dyn')
  .registerVariable('namespaceObject', 'dyn')
  .registerVariable('request', 'dyn')
  .registerVariable('params', 'dyn')
  .registerVariable('variables', 'dyn');

/** An expression, ready to run; one that calls what the library lacks gives undefined for everything. */
export const policyExpression = memoText((expression: string): PolicyExpression => {
  try {
    const run = environment.parse(expression);
    if (!run.check().valid) return () => undefined;
    return (names) => {
      try {
        return run({ ...names, oldObject: null, params: null });
      } catch {
        return undefined;
      }
    };
  } catch {
    return () => undefined;
  }
});

/** A value as CEL sees it: whole numbers are its int, nulls are not there. */
export function policyValue(value: unknown): unknown {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map(policyValue);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => (item === null ? [] : [[key, policyValue(item)]])),
  );
}
