import { by, wavesOf } from '@fluxwright/documents';
import { type StageEdge, type StageId, stageKey } from '@fluxwright/model';

/**
 * Stages in the order Flux applies them: each wave waits for stages of earlier waves only, as early as it can. Within a
 * wave sorted by component, then install before configure. The edges must be acyclic, as resolve gives them.
 */
export function orderWaves(stages: readonly StageId[], edges: readonly StageEdge[]): readonly (readonly StageId[])[] {
  const byKey = new Map(stages.map((stage) => [stageKey(stage), stage]));
  const needs = Map.groupBy(edges, (edge) => stageKey(edge.from));
  const waves = wavesOf(byKey.keys(), (key) => (needs.get(key) ?? []).map(({ to }) => stageKey(to)));
  const byWave = Map.groupBy(stages, (stage) => waves.get(stageKey(stage)) ?? 0);
  return [...byWave].sort(([a], [b]) => a - b).map(([, wave]) => wave.toSorted(compareStages));
}

const compareStages = by<StageId>(
  ({ component }) => component,
  ({ stage }) => (stage === 'install' ? '' : stage),
);
