import type { JsonPath } from '@fluxwright/documents';
import { byKey, memo } from '@fluxwright/documents';
import type { Product } from './workspace.ts';

/** Where a product sets values of a component. */
export interface ProductValues {
  readonly name: string;
  readonly path: JsonPath;
  /** The option of a choice that they belong to; absent for those that always hold. */
  readonly answers?: { readonly choice: string; readonly option: string };
}

/** {@link productValues} by component, for the many clusters that ask for them. */
export const valuesByComponent = memo(
  (product: Product): ReadonlyMap<string, readonly ProductValues[]> =>
    Map.groupBy(productValues(product), ({ name }) => name),
);

/** Every place of a product that sets values: of its components, then of its options, sorted by choice and option. */
export function* productValues({ spec }: Product): Generator<ProductValues> {
  for (const [index, { name, values }] of (spec.components ?? []).entries()) {
    if (values !== undefined) yield { name, path: ['spec', 'components', index, 'values'] };
  }
  for (const [choice, { options }] of Object.entries(spec.choices ?? {}).sort(byKey)) {
    for (const [option, { values }] of Object.entries(options).sort(byKey)) {
      for (const name of Object.keys(values ?? {}).sort()) {
        const path = ['spec', 'choices', choice, 'options', option, 'values', name];
        yield { name, path, answers: { choice, option } };
      }
    }
  }
}
