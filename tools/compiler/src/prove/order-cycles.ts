import { type Diagnostic, diagnostic } from '@fluxwright/diagnostics';
import { stageCycles, stageKey } from '@fluxwright/model';
import type { RenderedCluster } from '../data/rendered-cluster.ts';

/** No stage waits for itself, with the edges that only the objects know. Says each step of the circle with its reason. */
export function orderCycles(rendered: RenderedCluster): readonly Diagnostic[] {
  return stageCycles(rendered.edges).flatMap((cycle) => {
    const [first] = cycle;
    if (first === undefined) return [];
    const names = [...cycle.map(({ from }) => from), first.from].map(stageKey);
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
