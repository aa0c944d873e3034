import type { Span } from '@fluxwright/diagnostics';
import { isBeside, type StageId, stageKey } from '@fluxwright/model';
import type { StageGraph } from './stage-graph.ts';

/** How a graph is printed: for people, for programs, for Markdown pages, for Graphviz. */
export type GraphFormat = 'text' | 'json' | 'mermaid' | 'dot';

/** The printers by format. Each ends with a newline. */
export const formatGraph: Readonly<Record<GraphFormat, (graph: StageGraph) => string>> = { text, json, mermaid, dot };

function text(graph: StageGraph): string {
  const needs = Map.groupBy(graph.edges, (edge) => stageKey(edge.from));
  const stageLines = (stage: StageId) => [
    `  ${stageKey(stage)}`,
    ...(needs.get(stageKey(stage)) ?? []).flatMap((edge) =>
      edge.reasons.map((reason) => `    after ${stageKey(edge.to)}: ${reason.text} (${place(reason.span)})`),
    ),
  ];
  const lines = [
    ...graph.waves.flatMap((wave, index) => [`wave ${index + 1}`, ...wave.flatMap(stageLines)]),
    ...(graph.attached.length === 0 ? [] : ['attached, nobody waits for it', ...graph.attached.flatMap(stageLines)]),
  ];
  return `${lines.join('\n')}\n`;
}

function json(graph: StageGraph): string {
  const document = {
    cluster: graph.cluster,
    waves: graph.waves.map((wave) => wave.map(stageKey)),
    attached: graph.attached.map(stageKey),
    edges: graph.edges.map((edge) => ({ from: stageKey(edge.from), to: stageKey(edge.to), reasons: edge.reasons })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** Arrows point from what comes first to what waits for it, so that the picture reads downwards; dotted ones to what is attached or crosses to the other cluster. */
function mermaid(graph: StageGraph): string {
  const nodes = [...graph.waves.flat(), ...graph.attached].map((stage) => `  ${node(stage)}["${stageKey(stage)}"]`);
  const edges = graph.edges.map(
    (edge) => `  ${node(edge.to)} ${isBeside(edge.from.stage) ? '-.->' : '-->'} ${node(edge.from)}`,
  );
  return `${['flowchart TD', ...nodes, ...edges].join('\n')}\n`;
}

function dot(graph: StageGraph): string {
  const ranks = graph.waves.map((wave) => `  { rank=same; ${wave.map((stage) => `"${stageKey(stage)}";`).join(' ')} }`);
  const attached = graph.attached.map((stage) => `  "${stageKey(stage)}" [style=dashed];`);
  const edges = graph.edges.map(
    (edge) =>
      `  "${stageKey(edge.to)}" -> "${stageKey(edge.from)}"${isBeside(edge.from.stage) ? ' [style=dashed]' : ''};`,
  );
  return `${[`digraph "${graph.cluster}" {`, ...ranks, ...attached, ...edges, '}'].join('\n')}\n`;
}

/** The prefix keeps names such as `end`, a word of Mermaid, apart from its grammar. */
function node(stage: StageId): string {
  return `stage-${stageKey(stage)}`;
}

function place(span: Span): string {
  return span.start === undefined ? span.file : `${span.file}:${span.start.line}`;
}
