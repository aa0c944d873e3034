import { type Diagnostic, diagnostic } from '@fluxwright/diagnostics';
import { findCycles, type StageEdge, stageKey } from '@fluxwright/model';
import { kustomizationName } from '../render/flux/kustomization-name.ts';
import type { RenderedCluster } from '../rendered-cluster.ts';

/** No stage waits for itself, with the edges that only the objects know. Says each step of the circle with its reason. */
export function orderCycles(rendered: RenderedCluster): readonly Diagnostic[] {
  if (hasOrder(rendered.edges)) return [];
  return findCycles(rendered.edges).flatMap((cycle) => {
    const [first] = cycle;
    if (first === undefined) return [];
    const names = [...cycle.map(({ from }) => from), first.from].map(kustomizationName);
    const [start, ...others] = cycle.flatMap(({ reasons }) => reasons.slice(-1));
    if (start === undefined) return [];
    return diagnostic('prove/cycle', {
      message: `FluxKustomizations wait for each other: ${names.join(' → ')}`,
      primary: start.span,
      note: start.text,
      labels: others.map(({ span, text }) => ({ span, message: text })),
      help: 'move one of these objects to another stage or component, so that the circle opens',
    });
  });
}

/** Takes away what waits for nothing until nothing is left (Kahn, https://doi.org/10.1145/368996.369025): linear in the edges. */
function hasOrder(edges: readonly StageEdge[]): boolean {
  const waiting = new Map<string, number>();
  for (const { from } of edges) waiting.set(stageKey(from), (waiting.get(stageKey(from)) ?? 0) + 1);
  const incoming = Map.groupBy(edges, ({ to }) => stageKey(to));
  const free = [...incoming.keys()].filter((key) => !waiting.has(key));
  for (const key of free) {
    for (const { from } of incoming.get(key) ?? []) {
      const left = (waiting.get(stageKey(from)) ?? 0) - 1;
      waiting.set(stageKey(from), left);
      if (left === 0) free.push(stageKey(from));
    }
  }
  return [...waiting.values()].every((left) => left === 0);
}
