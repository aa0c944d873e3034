import { byKey, type JsonObject, type JsonPath, valueAt } from '@fluxwright/documents';
import type { Choice, Option } from '../generated/product.ts';
import type { Product } from '../load/workspace.ts';
import type { ProductMembers } from './resolution.ts';

/** What a product says of a choice: which options there are is what all of them say together. */
export interface Declaration {
  readonly product: Product;
  readonly choice: Choice;
}

/** The choices that products declare, sorted by key; of one, the products by name. */
export function declaredChoices(products: Iterable<Product>): ReadonlyMap<string, readonly Declaration[]> {
  const all = [...products].flatMap((product) =>
    Object.entries(product.spec.choices ?? {}).map(([key, choice]) => ({ key, product, choice })),
  );
  return new Map([...Map.groupBy(all, ({ key }) => key)].sort(byKey));
}

/** What a product says of an option that a cluster chose. */
export interface ChosenOption {
  readonly key: string;
  readonly value: string;
  readonly option: Option;
  readonly product: Product;
}

/** All that products say of the options that a cluster chose, by key. */
export function chosenOptions(spec: JsonObject, products: ProductMembers): readonly ChosenOption[] {
  const declared = declaredChoices([...products.values()].map(({ item }) => item));
  return [...declared].flatMap(([key, declarations]) =>
    declarations.flatMap(({ product, choice: { options } }) => {
      const value = chosen(spec, key);
      const option = value !== undefined && Object.hasOwn(options, value) ? options[value] : undefined;
      return value === undefined || option === undefined ? [] : [{ key, value, option, product }];
    }),
  );
}

/** What the cluster chose for `key`, which stands in its spec or below spec.choices; nothing where it left it open. */
export function chosen(spec: JsonObject, key: string): string | undefined {
  const value = valueAt(spec, choicePath(spec, key));
  return typeof value === 'string' ? value : undefined;
}

/** Where a cluster's spec makes a choice. */
export function choicePath(spec: JsonObject, key: string): JsonPath {
  return typeof valueAt(spec, [key]) === 'string' ? [key] : ['choices', key];
}
