import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findCycles } from './find-cycles.ts';
import type { StageEdge } from './resolved-cluster.ts';

const edge = (from: string, to: string): StageEdge => ({
  from: { component: from, stage: 'install' },
  to: { component: to, stage: 'install' },
  reasons: [],
});
const paths = (edges: readonly StageEdge[]) =>
  findCycles(edges).map((cycle) => cycle.map(({ from }) => from.component).join(' '));

describe('findCycles', () => {
  it('gives the whole circle, from its first stage by name', () => {
    expect(paths([edge('d', 'b'), edge('b', 'c'), edge('c', 'd'), edge('a', 'b')])).toEqual(['b c d']);
  });

  it('gives one circle for each knot, a shortest one', () => {
    const knot = [edge('a', 'b'), edge('b', 'c'), edge('c', 'a'), edge('b', 'a')];
    expect(paths([...knot, edge('x', 'y'), edge('y', 'x'), edge('c', 'x')])).toEqual(['a b', 'x y']);
  });

  it('finds none where edges only lead down, and one as soon as an edge closes a way', () => {
    const numbers = fc.uniqueArray(
      fc.tuple(fc.nat(8), fc.nat(8)).filter(([a, b]) => a > b),
      { selector: ([a, b]) => `${a} ${b}`, minLength: 1 },
    );
    fc.assert(
      fc.property(numbers, (pairs) => {
        const edges = pairs.map(([a, b]) => edge(`n${a}`, `n${b}`));
        expect(findCycles(edges)).toEqual([]);
        const [first] = pairs;
        expect(findCycles([...edges, edge(`n${first?.[1]}`, `n${first?.[0]}`)]).length).toBe(1);
      }),
    );
  });

  it('does not depend on the order of edges', () => {
    const pair = fc.tuple(fc.nat(5), fc.nat(5)).filter(([a, b]) => a !== b);
    fc.assert(
      fc.property(fc.uniqueArray(pair, { selector: ([a, b]) => `${a} ${b}` }), (pairs) => {
        const sorted = pairs
          .map(([a, b]) => edge(`n${a}`, `n${b}`))
          .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
        expect(findCycles(sorted.toReversed()).length).toBe(findCycles(sorted).length);
      }),
    );
  });
});
