import { type StageEdge, stageKey } from '@fluxwright/model';

/** Which stages come before which, whatever lies between them. */
export interface StageOrder {
  /** True where the stage with the key `from` is applied after the one with the key `to` is ready. */
  waits(from: string, to: string): boolean;
}

/** The order that a set of waits gives; each wait says what it starts from and what it waits for. */
export function stageOrder(waits: readonly { readonly from: string; readonly to: string }[]): StageOrder {
  const outgoing = Map.groupBy(waits, ({ from }) => from);
  const direct = new Set(waits.map(({ from, to }) => `${from} ${to}`));
  const reached = new Map<string, ReadonlySet<string>>();
  return {
    waits(from, to) {
      if (direct.has(`${from} ${to}`)) return true;
      let all = reached.get(from);
      if (all === undefined) {
        all = reach(from, outgoing);
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

function reach(start: string, outgoing: ReadonlyMap<string, readonly { readonly to: string }[]>): ReadonlySet<string> {
  const found = new Set<string>();
  const queue = [start];
  for (const at of queue) {
    for (const { to } of outgoing.get(at) ?? []) {
      if (found.has(to)) continue;
      found.add(to);
      queue.push(to);
    }
  }
  return found;
}
