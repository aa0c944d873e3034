import { memoText } from '@fluxwright/documents';
import { Environment } from '@marcbachmann/cel-js';

/** What an expression of a definition gives: undefined where it, or a function it calls, is not known here. */
export type CelRule = (names: { readonly self: unknown; readonly oldSelf?: unknown }) => boolean | undefined;

const environment = new Environment({ homogeneousAggregateLiterals: false, enableOptionalTypes: true })
  .registerVariable('self', 'dyn')
  .registerVariable('oldSelf', 'dyn');

/**
 * A rule of a definition (`x-kubernetes-validations`), ready to run. Kubernetes has functions that the library lacks (addresses, URLs,
 * quantities, formats: https://kubernetes.io/docs/reference/using-api/cel/#cel-options-language-features-and-libraries); undefined for a rule
 * that calls one.
 */
export const celRule = memoText(parsed);

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
