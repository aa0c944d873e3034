import { by, byKey } from '@fluxwright/documents';
import { isBeside, type Reason, type StageEdge, type StageId, stageKey } from '@fluxwright/model';
import type { MatchedNeed } from '../needs/match-needs.ts';
import { needSpan } from '../needs/need.ts';
import { needyTitle, thingTitle } from '../needs/need-title.ts';
import { orderOfEdges } from './stage-order.ts';

/**
 * The declared edges and those that only the objects know. A need that a declared edge fulfils adds its reason to that
 * edge; one that declared edges fulfil together adds nothing; any other becomes an edge. Of several providers one that is
 * waited for already is enough, else the first by name. Sorted by from, then to.
 */
export function deriveEdges(
  declared: readonly StageEdge[],
  matches: readonly MatchedNeed[],
  stages: readonly StageId[],
  standbys: ReadonlySet<string> = new Set(),
): readonly StageEdge[] {
  const order = orderOfEdges(declared);
  const present = new Set(stages.map(stageKey));
  const edges = new Map(declared.map((edge) => [edgeKey(edge.from, edge.to), edge]));
  const added = new Set<string>();
  for (const match of matches) {
    const from = match.need.stage;
    const to = targetOf(match, order.waits);
    // Nobody waits for what is attached: the proof says so of who needs it.
    if (to === undefined || to.stage === 'attach') continue;
    // Nor for what crosses to the other cluster, but what crosses itself, and the copies that come of it.
    if (to.stage === 'pair' && from.stage !== 'pair' && !standbys.has(from.component)) continue;
    if (!present.has(stageKey(from)) || !present.has(stageKey(to))) continue;
    const key = edgeKey(from, to);
    const edge = edges.get(key);
    if (edge === undefined && order.waits(stageKey(from), stageKey(to))) continue;
    // Where another wait is said already, that the namespace is there tells nobody anything.
    if (edge !== undefined && match.need.id.kind === 'Namespace') continue;
    const reason = reasonOf(match);
    const once = `${key} ${thingTitle(match.need.id)}`;
    if (added.has(once)) continue;
    added.add(once);
    edges.set(key, { from, to, reasons: [...(edge?.reasons ?? []), reason] });
  }
  return [...edges].sort(byKey).map(([, edge]) => edge);
}

/** The stage that must come first; undefined where none must, or the need's own stage does it. */
export function targetOf(
  { need, providers, isGiven }: MatchedNeed,
  waits: (from: string, to: string) => boolean,
): StageId | undefined {
  const from = stageKey(need.stage);
  const stages = providers.map(({ stage }) => stage);
  if (!need.order || isGiven || stages.includes(undefined)) return undefined;
  const all = stages.flatMap((stage) => stage ?? []);
  if (all.some((stage) => stageKey(stage) === from)) return undefined;
  const sorted = all.toSorted(by(({ stage }) => (isBeside(stage) ? '1' : '0'), stageKey));
  return sorted.find((stage) => waits(from, stageKey(stage))) ?? sorted[0];
}

function reasonOf({ need }: MatchedNeed): Reason {
  return { text: `${needyTitle(need)} needs ${thingTitle(need.id)}`, span: needSpan(need) };
}

function edgeKey(from: StageId, to: StageId): string {
  return `${stageKey(from)} ${stageKey(to)}`;
}
