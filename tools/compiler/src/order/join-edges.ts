import { byKey } from '@fluxwright/documents';
import { type StageEdge, type StageId, stageKey } from '@fluxwright/model';

/**
 * The edges between the stages that have objects: an empty stage is dropped, and whoever waited for it waits for what it
 * waited for, with the reasons of both edges. Sorted by from, then to.
 */
export function joinEdges(edges: readonly StageEdge[], stages: readonly StageId[]): readonly StageEdge[] {
  const kept = new Set(stages.map(stageKey));
  const outgoing = new Map<string, StageEdge[]>();
  for (const edge of edges) outgoing.set(stageKey(edge.from), [...(outgoing.get(stageKey(edge.from)) ?? []), edge]);
  const joined = new Map<string, StageEdge>();
  const follow = (start: StageEdge, edge: StageEdge): void => {
    if (kept.has(stageKey(edge.to))) {
      const key = `${stageKey(start.from)} ${stageKey(edge.to)}`;
      const known = joined.get(key)?.reasons ?? [];
      const reasons = [...known, ...edge.reasons.filter((reason) => !known.includes(reason))];
      joined.set(key, { from: start.from, to: edge.to, reasons });
      return;
    }
    for (const next of outgoing.get(stageKey(edge.to)) ?? []) {
      follow(start, { ...next, reasons: [...edge.reasons, ...next.reasons] });
    }
  };
  for (const edge of edges) if (kept.has(stageKey(edge.from))) follow(edge, edge);
  return [...joined].sort(byKey).map(([, edge]) => edge);
}
