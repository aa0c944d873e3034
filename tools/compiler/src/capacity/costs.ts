import { byKey } from '@fluxwright/documents';
import type { Price, ResolvedCluster } from '@fluxwright/model';

/** One thing that a cluster pays for, and how many of it. */
export interface Cost {
  readonly title: string;
  readonly count: number;
  /** Of one, a month. */
  readonly price: Price;
}

/** What a cluster costs, as far as its manifests and its product say. */
export interface Costs {
  readonly lines: readonly Cost[];
  /** Pools whose nodes have no price. */
  readonly unpriced: readonly string[];
}

/** Nodes first, then options. */
export function costsOf({ spec, prices }: ResolvedCluster): Costs {
  const pools = (spec.nodes?.pools ?? []).filter(({ count }) => count > 0);
  const nodes = pools.flatMap(({ name, type, count, price }): readonly Cost[] =>
    price === undefined ? [] : [{ title: `nodes of ${name}${type === undefined ? '' : ` (${type})`}`, count, price }],
  );
  const options = prices.map(({ choice, option, price }) => ({ title: `${choice} ${option}`, count: 1, price }));
  return {
    lines: [...nodes, ...options],
    unpriced: pools.filter(({ price }) => price === undefined).map(({ name }) => name),
  };
}

/** An amount of money: the least and the most, in hundredths. */
export interface Amount {
  readonly least: number;
  readonly most: number;
}

/** What some lines come to a month, by currency, sorted: amounts of two currencies are not added. */
export function sumCosts(lines: readonly Cost[]): ReadonlyMap<string, Amount> {
  const currencies = Map.groupBy(lines, ({ price }) => price.currency);
  return new Map(
    [...currencies]
      .map(([currency, own]): [string, Amount] => [
        currency,
        own.reduce(
          ({ least, most }, { count, price }) => ({
            least: least + count * hundredths(price.month),
            most: most + count * hundredths(Math.max(price.upTo ?? price.month, price.month)),
          }),
          { least: 0, most: 0 },
        ),
      ])
      .sort(byKey),
  );
}

/** Whole numbers, so that sums are the same everywhere. */
function hundredths(amount: number): number {
  return Math.round(amount * 100);
}
