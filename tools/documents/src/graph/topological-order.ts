/** How far a graph has an order. */
export interface TopologicalOrder<Node> {
  /** Each after all that it needs; of what is free at once the one that was given first comes first. */
  readonly order: readonly Node[];
  /** What lies on a circle, or needs something that does; in the order they were given. */
  readonly stuck: readonly Node[];
}

/**
 * Takes away what needs nothing until nothing is left (Kahn, https://doi.org/10.1145/368996.369025): linear in the needs. Needs that
 * are not among the nodes count as met; a node that needs itself is stuck.
 */
export function topologicalOrder<Node>(
  nodes: Iterable<Node>,
  needs: (node: Node) => Iterable<Node>,
): TopologicalOrder<Node> {
  const places = new Map([...new Set(nodes)].map((node, index) => [node, index]));
  const open = new Map<Node, number>();
  const waiting = new Map<Node, Node[]>();
  for (const node of places.keys()) {
    const own = [...new Set(needs(node))].filter((each) => places.has(each));
    open.set(node, own.length);
    for (const need of own) {
      const list = waiting.get(need);
      if (list === undefined) waiting.set(need, [node]);
      else list.push(node);
    }
  }
  const order = [...places.keys()].filter((node) => open.get(node) === 0);
  for (const node of order) {
    // Whoever waits stands in the order of the nodes already.
    for (const each of waiting.get(node) ?? []) {
      const left = (open.get(each) ?? 0) - 1;
      open.set(each, left);
      if (left === 0) order.push(each);
    }
  }
  return { order, stuck: [...places.keys()].filter((node) => open.get(node) !== 0) };
}
