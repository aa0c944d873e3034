import type { Staged } from '@fluxwright/diagnostics';
import { tasksOf } from '../data/render-plan.ts';
import type { Engines } from '../engines/engines.ts';
import { buildBase } from './build-base.ts';
import type { StagesInput } from './render-stages.ts';
import type { RenderedStage } from './rendered-stage.ts';

/** The stages with what kustomize makes of their bases in the place of what their files say. */
export async function buildBases(
  stages: readonly RenderedStage[],
  { cluster, plan, cache }: StagesInput,
  engines: Engines,
): Promise<Staged<readonly RenderedStage[]>> {
  const built = stages.map(async (stage) => {
    if (!stage.hasBase) return { stage, findings: [] };
    const { component } = stage.resolved;
    const digest = tasksOf(plan).get(`${component.name}/kustomize`)?.digest as string;
    const { objects, findings } = await buildBase({ component, digest, cache, engines });
    return { stage: { ...stage, base: objects }, findings };
  });
  const all = await Promise.all(built);
  const diagnostics = all.flatMap(({ findings }) => findings.map(({ diagnostic }) => diagnostic));
  return {
    value: all.map(({ stage }) => stage),
    diagnostics: diagnostics.map((each) => ({ ...each, cluster: cluster.name })),
  };
}
