import { Environment } from '@marcbachmann/cel-js';

/** What an expression of a definition gives: undefined where it, or a function it calls, is not known here. */
export type CelRule = (names: { readonly self: unknown; readonly oldSelf?: unknown }) => boolean | undefined;

const environment = new Environment({ homogeneousAggregateLiterals: false, enableOptionalTypes: true })
  .registerVariable('self', 'dyn')
  .registerVariable('oldSelf', 'dyn');

const known = new Map<string, CelRule | undefined>();

/**
 * A rule of a definition (`x-kubernetes-validations`), ready to run. Kubernetes has functions that the library lacks (addresses, URLs,
 * quantities, formats: https://kubernetes.io/docs/reference/using-api/cel/#cel-options-language-features-and-libraries); undefined for a rule
 * that calls one.
 */
export function celRule(expression: string): CelRule | undefined {
  if (!known.has(expression)) known.set(expression, parsed(expression));
  return known.get(expression);
}

function parsed(expression: string): CelRule | undefined {
  try {
    const run = environment.parse(expression);
    if (!run.check().valid) return undefined;
    return (names) => {
      try {
        const verdict: unknown = run({ ...names });
        return typeof verdict === 'boolean' ? verdict : undefined;
      } catch {
        return undefined;
      }
    };
  } catch {
    return undefined;
  }
}
