import { findCycles } from '@fluxwright/documents';
import type { StageEdge } from './resolved-cluster.ts';
import { stageKey } from './stage-edges.ts';

/** The circles in a graph of stages, as the edges round each: see {@link findCycles}. The first stage by name comes first. */
export function stageCycles(edges: readonly StageEdge[]): readonly (readonly StageEdge[])[] {
  const outgoing = Map.groupBy(edges, ({ from }) => stageKey(from));
  const cycles = findCycles([...outgoing.keys()].sort(), (key) =>
    (outgoing.get(key) ?? []).map(({ to }) => stageKey(to)),
  );
  return cycles.map((cycle) =>
    cycle.flatMap((key, index) => {
      const after = cycle[(index + 1) % cycle.length];
      return outgoing.get(key)?.find(({ to }) => stageKey(to) === after) ?? [];
    }),
  );
}
