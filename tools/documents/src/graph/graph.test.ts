import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findCycles } from './find-cycles.ts';
import { reach } from './reach.ts';
import { topologicalOrder } from './topological-order.ts';
import { wavesOf } from './waves.ts';

type Graph = ReadonlyMap<string, readonly string[]>;

const next = (graph: Graph) => (node: string) => graph.get(node) ?? [];
const nodesOf = (graph: Graph) => [...graph.keys()];

/** Any graph: circles, loops, edges that stand twice, edges to nothing. */
const graphs = fc
  .integer({ min: 1, max: 9 })
  .chain((count) =>
    fc
      .array(fc.array(fc.nat(count), { maxLength: 3 }), { minLength: count, maxLength: count })
      .map((edges): Graph => new Map(edges.map((list, index) => [`n${index}`, list.map((each) => `n${each}`)]))),
  );

/** Edges lead to smaller numbers only. */
const acyclic = graphs.map(
  (graph): Graph => new Map([...graph].map(([node, edges]) => [node, edges.filter((each) => each < node)])),
);

/** The definition, without cleverness: whether a way of one edge or more leads from one to the other. */
function leads(graph: Graph, from: string, to: string): boolean {
  const found = new Set<string>(next(graph)(from));
  for (let round = 0; round <= graph.size; round += 1)
    for (const node of [...found]) for (const each of next(graph)(node)) found.add(each);
  return found.has(to);
}

/** How many edges the shortest way back to a node has. */
function stepsBack(graph: Graph, start: string): number {
  let at: readonly string[] = [start];
  for (let steps = 1; steps <= graph.size; steps += 1) {
    at = at.flatMap(next(graph));
    if (at.includes(start)) return steps;
  }
  return Number.POSITIVE_INFINITY;
}

const isOnCircle = (graph: Graph) => (node: string) => leads(graph, node, node);

test('reach finds the starts and exactly what ways from them lead to', () => {
  fc.assert(
    fc.property(graphs, (graph) => {
      const found = reach(['n0'], next(graph));
      for (const node of graph.keys()) expect(found.has(node)).toBe(node === 'n0' || leads(graph, 'n0', node));
    }),
  );
});

describe('topologicalOrder', () => {
  test('orders each after all that it needs, and leaves out exactly what cannot have a place', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const { order, stuck } = topologicalOrder(graph.keys(), next(graph));
        expect([...order, ...stuck].sort()).toEqual(nodesOf(graph));
        const bad = nodesOf(graph).filter(isOnCircle(graph));
        expect(stuck).toEqual(
          nodesOf(graph).filter((node) => bad.some((each) => each === node || leads(graph, node, each))),
        );
        for (const [index, node] of order.entries())
          for (const need of next(graph)(node)) if (graph.has(need)) expect(order.indexOf(need)).toBeLessThan(index);
      }),
    );
  });

  test('keeps the order that nodes are given in where they need nothing of each other', () => {
    expect(topologicalOrder(['c', 'a', 'b'], () => []).order).toEqual(['c', 'a', 'b']);
    const needs: Graph = new Map([['a', ['c']]]);
    expect(topologicalOrder(['a', 'b', 'c'], next(needs)).order).toEqual(['b', 'c', 'a']);
  });
});

describe('wavesOf', () => {
  test('puts each right behind the latest it needs', () => {
    fc.assert(
      fc.property(acyclic, (graph) => {
        const waves = wavesOf(graph.keys(), next(graph));
        expect([...waves.keys()].sort()).toEqual(nodesOf(graph));
        for (const [node, wave] of waves)
          expect(wave).toBe(1 + Math.max(-1, ...next(graph)(node).map((need) => waves.get(need) ?? -1)));
      }),
    );
  });

  test('gives none to what is stuck', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const { order } = topologicalOrder(graph.keys(), next(graph));
        expect([...wavesOf(graph.keys(), next(graph)).keys()]).toEqual(order);
      }),
    );
  });
});

describe('findCycles', () => {
  const paths = (...edges: readonly string[]) => {
    const graph = Map.groupBy(edges, (edge) => edge.charAt(0));
    const nodes = [...new Set(edges.join('').split(''))].sort();
    return findCycles(nodes, (node) => (graph.get(node) ?? []).map((edge) => edge.charAt(1))).map((each) =>
      each.join(' '),
    );
  };

  test('gives the whole circle, from its first node', () => {
    expect(paths('db', 'bc', 'cd', 'ab')).toEqual(['b c d']);
  });

  test('gives one circle for each knot, a shortest one', () => {
    expect(paths('ab', 'bc', 'ca', 'ba', 'xy', 'yx', 'cx')).toEqual(['a b', 'x y']);
  });

  test('gives a node that leads to itself', () => {
    expect(paths('ab', 'bb')).toEqual(['b']);
  });

  test('finds none where there is an order', () => {
    fc.assert(
      fc.property(acyclic, (graph) => {
        expect(findCycles(nodesOf(graph), next(graph))).toEqual([]);
      }),
    );
  });

  test('finds a true circle in every knot, and no knot twice', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const cycles = findCycles(nodesOf(graph), next(graph));
        for (const cycle of cycles)
          for (const [index, node] of cycle.entries())
            expect(next(graph)(node)).toContain(cycle[(index + 1) % cycle.length]);
        for (const cycle of cycles) expect(cycle.length).toBe(stepsBack(graph, cycle[0] as string));
        const together = (a: string, b: string) => a === b || (leads(graph, a, b) && leads(graph, b, a));
        for (const node of nodesOf(graph).filter(isOnCircle(graph)))
          expect(cycles.filter((cycle) => cycle.some((each) => together(each, node))).length).toBe(1);
      }),
    );
  });
});
