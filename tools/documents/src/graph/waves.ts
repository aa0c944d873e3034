import { topologicalOrder } from './topological-order.ts';

/**
 * The wave of each node, from 0: one more than that of the latest it needs, so each comes as early as it can. In an order in which each
 * stands after what it needs; what is {@link TopologicalOrder.stuck} has no wave.
 */
export function wavesOf<Node>(nodes: Iterable<Node>, needs: (node: Node) => Iterable<Node>): ReadonlyMap<Node, number> {
  const waves = new Map<Node, number>();
  for (const node of topologicalOrder(nodes, needs).order) {
    let wave = 0;
    for (const need of needs(node)) wave = Math.max(wave, (waves.get(need) ?? -1) + 1);
    waves.set(node, wave);
  }
  return waves;
}
