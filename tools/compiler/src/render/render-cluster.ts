import { hasErrors, type Staged } from '@fluxwright/diagnostics';
import type { ResolvedCluster } from '@fluxwright/model';
import type { RenderPlan } from '../data/render-plan.ts';
import type { Engines } from '../engines/engines.ts';
import { namespaceConflicts, namespaceOwners } from '../plan/namespace-owners.ts';
import { buildBases } from './build-bases.ts';
import { deliverCharts } from './chart/deliver-charts.ts';
import { patchStages } from './override/override-patches.ts';
import { type PlacedStages, placeStages } from './place-stages.ts';
import type { RenderCache } from './render-cache.ts';
import { renderStages } from './render-stages.ts';

export interface RenderTools {
  /** Results for all clusters of a run: a task whose digest it knows is not run again. */
  readonly cache: RenderCache;
  readonly engines: Engines;
}

/**
 * Runs the tasks of a plan, those that only Flux's own code can run after the others, and puts the objects of every stage
 * in their places. The value is complete only where no diagnostic is an error.
 */
export async function renderCluster(
  cluster: ResolvedCluster,
  plan: RenderPlan,
  { cache, engines }: RenderTools,
): Promise<Staged<PlacedStages>> {
  const namespaces = namespaceOwners(cluster);
  const input = { cluster, plan, cache, namespaces };
  const { value: stages, diagnostics } = renderStages(input);
  const conflicts = namespaces.flatMap((claim) => namespaceConflicts(cluster.name, claim));
  if (hasErrors(diagnostics))
    return { value: placeStages(cluster, stages), diagnostics: [...diagnostics, ...conflicts] };
  const built = await buildBases(stages, input, engines);
  const patched = await patchStages(built.value, cluster, engines);
  const delivered = await deliverCharts(patched.stages, input, engines);
  return {
    value: placeStages(cluster, delivered.value),
    diagnostics: [...diagnostics, ...built.diagnostics, ...patched.diagnostics, ...delivered.diagnostics, ...conflicts],
  };
}
