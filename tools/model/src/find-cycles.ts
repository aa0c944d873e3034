import type { StageEdge } from './resolved-cluster.ts';
import { stageKey } from './stage-edges.ts';

/**
 * The circles in a graph of stages, as the edges round each: one for each knot of stages that all wait for each other,
 * a shortest one, from the first stage by name that lies on it. [] for a graph that has an order.
 */
export function findCycles(edges: readonly StageEdge[]): readonly (readonly StageEdge[])[] {
  const outgoing = Map.groupBy(edges, ({ from }) => stageKey(from));
  const done = new Set<string>();
  const cycles: (readonly StageEdge[])[] = [];
  for (const start of [...outgoing.keys()].sort()) {
    if (done.has(start)) continue;
    const cycle = shortestCycle(start, outgoing);
    if (cycle === undefined) continue;
    cycles.push(cycle);
    for (const stage of knotOf(start, edges, outgoing)) done.add(stage);
  }
  return cycles;
}

type Outgoing = ReadonlyMap<string, readonly StageEdge[]>;

function shortestCycle(start: string, outgoing: Outgoing): readonly StageEdge[] | undefined {
  const cameBy = reach(start, outgoing);
  const last = cameBy.get(start);
  if (last === undefined) return undefined;
  const cycle = [last];
  for (let edge = last; stageKey(edge.from) !== start; ) {
    const before = cameBy.get(stageKey(edge.from));
    if (before === undefined) return undefined;
    edge = before;
    cycle.unshift(edge);
  }
  return cycle;
}

/** Breadth first: each stage that can be reached from `start`, with the edge by which a shortest way enters it. */
function reach(start: string, outgoing: Outgoing): ReadonlyMap<string, StageEdge> {
  const cameBy = new Map<string, StageEdge>();
  const queue = [start];
  for (const stage of queue) {
    for (const edge of outgoing.get(stage) ?? []) {
      const to = stageKey(edge.to);
      if (cameBy.has(to)) continue;
      cameBy.set(to, edge);
      queue.push(to);
    }
  }
  return cameBy;
}

function knotOf(start: string, edges: readonly StageEdge[], outgoing: Outgoing): readonly string[] {
  const backwards = edges.map((edge) => ({ ...edge, from: edge.to, to: edge.from }));
  const before = reach(
    start,
    Map.groupBy(backwards, ({ from }) => stageKey(from)),
  );
  return [...reach(start, outgoing).keys()].filter((stage) => before.has(stage));
}
