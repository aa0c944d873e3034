import { by, type JsonObject } from '@fluxwright/documents';
import { chosenOptions } from './declared-choices.ts';
import type { ProductMembers } from './resolution.ts';
import type { OptionPrice } from './resolved-cluster.ts';

/** What the options that a cluster's spec chooses cost, as they say; sorted by the choice that they answer. */
export function optionPrices(spec: JsonObject, products: ProductMembers): readonly OptionPrice[] {
  return chosenOptions(spec, products)
    .flatMap(({ key, value, option: { price } }) =>
      price === undefined ? [] : [{ choice: key, option: value, price }],
    )
    .sort(by(({ choice }) => choice));
}
