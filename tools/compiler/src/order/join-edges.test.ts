import type { StageEdge, StageId } from '@fluxwright/model';
import { expect, it } from 'vitest';
import { joinEdges } from './join-edges.ts';

const stage = (component: string): StageId => ({ component, stage: 'install' });
const edge = (from: string, to: string): StageEdge => ({
  from: stage(from),
  to: stage(to),
  reasons: [{ text: `${from} needs ${to}`, span: { file: `${from}.yaml` } }],
});
const joined = (edges: readonly StageEdge[], kept: readonly string[]) =>
  joinEdges(edges, kept.map(stage)).map(({ from, to, reasons }) => [
    from.component,
    to.component,
    reasons.map(({ text }) => text),
  ]);

it('leaves edges between stages that have objects as they are', () => {
  expect(joined([edge('b', 'a')], ['a', 'b'])).toEqual([['b', 'a', ['b needs a']]]);
});

it('goes through any number of empty stages and keeps every reason once', () => {
  const edges = [edge('d', 'c'), edge('c', 'b'), edge('b', 'a'), edge('d', 'x'), edge('x', 'b')];
  expect(joined(edges, ['a', 'd'])).toEqual([
    ['d', 'a', ['d needs c', 'c needs b', 'b needs a', 'd needs x', 'x needs b']],
  ]);
});

it('drops edges that end in nothing or start from it', () => {
  expect(joined([edge('b', 'a'), edge('c', 'b')], ['b'])).toEqual([]);
});
