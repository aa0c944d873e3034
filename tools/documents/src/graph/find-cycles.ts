import { reach } from './reach.ts';
import { topologicalOrder } from './topological-order.ts';

type Next<Node> = (node: Node) => readonly Node[];

/**
 * The circles of a graph, each from node to node, the last leading to the first: one for each knot of nodes that all lead to each
 * other, a shortest one, from the first of the nodes that lies on it. [] for a graph that has an order, in linear time.
 */
export function findCycles<Node>(nodes: readonly Node[], next: Next<Node>): readonly (readonly Node[])[] {
  const knotted = knots(nodes, next);
  const before = new Map<Node, Node[]>(knotted.map((node) => [node, []]));
  for (const node of knotted) for (const each of next(node)) before.get(each)?.push(node);
  const done = new Set<Node>();
  const cycles: (readonly Node[])[] = [];
  for (const start of knotted) {
    if (done.has(start)) continue;
    const cycle = shortestCycle(start, next);
    if (cycle === undefined) continue;
    cycles.push(cycle);
    const leading = reach([start], (node) => before.get(node) ?? []);
    for (const node of reach([start], next)) if (leading.has(node)) done.add(node);
  }
  return cycles;
}

/** The nodes that lie on a circle, or on a way from one to another: what has an order in either direction is not among them. */
function knots<Node>(nodes: readonly Node[], next: Next<Node>): readonly Node[] {
  const { stuck } = topologicalOrder(nodes, next);
  const before = new Map<Node, Node[]>(stuck.map((node) => [node, []]));
  for (const node of stuck) for (const each of next(node)) before.get(each)?.push(node);
  return topologicalOrder(stuck, (node) => before.get(node) ?? []).stuck;
}

/** Breadth first from `start` until a way leads back to it. */
function shortestCycle<Node>(start: Node, next: Next<Node>): readonly Node[] | undefined {
  const cameFrom = new Map<Node, Node | undefined>([[start, undefined]]);
  for (const node of cameFrom.keys()) {
    for (const each of next(node)) {
      if (each === start) return wayTo(node, cameFrom);
      if (!cameFrom.has(each)) cameFrom.set(each, node);
    }
  }
  return undefined;
}

function wayTo<Node>(last: Node, cameFrom: ReadonlyMap<Node, Node | undefined>): readonly Node[] {
  const way = [last];
  for (let at = cameFrom.get(last); at !== undefined; at = cameFrom.get(at)) way.unshift(at);
  return way;
}
