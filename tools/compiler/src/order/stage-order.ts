import { reach } from '@fluxwright/documents';
import { type StageEdge, stageKey } from '@fluxwright/model';

/** Which stages come before which, whatever lies between them. */
export interface StageOrder {
  /** True where the stage with the key `from` is applied after the one with the key `to` is ready. */
  waits(from: string, to: string): boolean;
}

/** The order that a set of waits gives; each wait says what it starts from and what it waits for. */
export function stageOrder(waits: readonly { readonly from: string; readonly to: string }[]): StageOrder {
  const outgoing = new Map(
    [...Map.groupBy(waits, ({ from }) => from)].map(([from, all]) => [from, all.map(({ to }) => to)]),
  );
  const next = (key: string) => outgoing.get(key) ?? [];
  const direct = new Set(waits.map(({ from, to }) => `${from} ${to}`));
  const reached = new Map<string, ReadonlySet<string>>();
  return {
    waits(from, to) {
      if (direct.has(`${from} ${to}`)) return true;
      let all = reached.get(from);
      if (all === undefined) {
        all = reach(next(from), next);
        reached.set(from, all);
      }
      return all.has(to);
    },
  };
}

/** {@link stageOrder} of edges between stages. */
export function orderOfEdges(edges: readonly StageEdge[]): StageOrder {
  return stageOrder(edges.map(({ from, to }) => ({ from: stageKey(from), to: stageKey(to) })));
}
