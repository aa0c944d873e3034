import { type StageEdge, type StageId, stageKey } from '@fluxwright/model';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { orderWaves } from './order-waves.ts';

/** Acyclic by making: a stage waits for stages with smaller numbers only. */
const graphs = fc.integer({ min: 1, max: 12 }).chain((count) =>
  fc.array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1)), { maxLength: 30 }).map((pairs) => ({
    stages: Array.from({ length: count }, (_, index) => stage(index)),
    edges: pairs.filter(([a, b]) => a !== b).map(([a, b]) => edge(Math.max(a, b), Math.min(a, b))),
  })),
);

it('puts each stage right after the last wave it waits for', () => {
  fc.assert(
    fc.property(graphs, ({ stages, edges }) => {
      const waves = orderWaves(stages, edges);
      const waveOf = new Map(waves.flatMap((wave, index) => wave.map((each) => [stageKey(each), index])));
      expect(waves.flat().map(stageKey).toSorted()).toEqual(stages.map(stageKey).toSorted());
      for (const each of stages) {
        const needed = edges
          .filter(({ from }) => stageKey(from) === stageKey(each))
          .map(({ to }) => waveOf.get(stageKey(to)) ?? -1);
        expect(waveOf.get(stageKey(each))).toBe(1 + Math.max(-1, ...needed));
      }
    }),
  );
});

function stage(index: number): StageId {
  return { component: `component-${Math.floor(index / 2)}`, stage: index % 2 === 0 ? 'install' : 'configure' };
}

function edge(from: number, to: number): StageEdge {
  return { from: stage(from), to: stage(to), reasons: [] };
}
