import type { StageEdge, StageId } from '@fluxwright/model';

/**
 * Stages in the order Flux applies them: each wave waits for stages of earlier waves only, as early as it can. Within a
 * wave sorted by component, then install before configure. The edges must be acyclic, as resolve gives them.
 */
export function orderWaves(stages: readonly StageId[], edges: readonly StageEdge[]): readonly (readonly StageId[])[] {
  const wave = new Map<string, number>();
  const needs = Map.groupBy(edges, (edge) => stageKey(edge.from));
  const waveOf = (stage: StageId): number => {
    const key = stageKey(stage);
    const known = wave.get(key);
    if (known !== undefined) return known;
    const result = 1 + Math.max(-1, ...(needs.get(key) ?? []).map((edge) => waveOf(edge.to)));
    wave.set(key, result);
    return result;
  };
  const byWave = Map.groupBy(stages, waveOf);
  return [...byWave.keys()].sort((a, b) => a - b).map((number) => (byWave.get(number) ?? []).toSorted(compareStages));
}

/** A stage as Flux names its FluxKustomization: `cnpg`, `cnpg-configure`. */
export function stageKey({ component, stage }: StageId): string {
  return stage === 'install' ? component : `${component}-configure`;
}

function compareStages(a: StageId, b: StageId): number {
  if (a.component !== b.component) return a.component < b.component ? -1 : 1;
  return a.stage === b.stage ? 0 : a.stage === 'install' ? -1 : 1;
}
