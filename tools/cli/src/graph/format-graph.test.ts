import type { StageEdge, StageId } from '@fluxwright/model';
import { expect, it } from 'vitest';
import { formatGraph } from './format-graph.ts';
import { stageGraph } from './stage-graph.ts';

const stage = (component: string, name: StageId['stage'] = 'install'): StageId => ({ component, stage: name });
const edge = (from: StageId, to: StageId): StageEdge => ({
  from,
  to,
  reasons: [{ text: 'it does', span: { file: 'a.yaml' } }],
});

const graph = stageGraph({
  cluster: 'one',
  stages: [stage('a', 'attach'), stage('a'), stage('b'), stage('b', 'pair')],
  edges: [
    edge(stage('a', 'attach'), stage('a')),
    edge(stage('a', 'attach'), stage('b')),
    edge(stage('b'), stage('a')),
    edge(stage('b', 'pair'), stage('b')),
  ],
});

it('shows what is attached after all waves, with what it waits for', () => {
  expect(formatGraph.text(graph)).toMatch(
    /\nattached, nobody waits for it\n {2}a-attach\n {4}after a: it does .*\n {4}after b: it does .*\n {2}b-pair\n {4}after b: it does .*\n$/,
  );
  expect(JSON.parse(formatGraph.json(graph))).toMatchObject({
    waves: [['a'], ['b']],
    attached: ['a-attach', 'b-pair'],
  });
});

it('draws other lines to what is attached, and to what crosses to the other cluster', () => {
  expect(formatGraph.mermaid(graph)).toContain('stage-a -.-> stage-a-attach');
  expect(formatGraph.mermaid(graph)).toContain('stage-a --> stage-b');
  expect(formatGraph.mermaid(graph)).toContain('stage-b -.-> stage-b-pair');
  expect(formatGraph.dot(graph)).toContain('"a" -> "a-attach" [style=dashed];');
  expect(formatGraph.dot(graph)).toContain('"b" -> "b-pair" [style=dashed];');
});
