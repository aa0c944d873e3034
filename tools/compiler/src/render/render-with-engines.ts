import { hasErrors, type Staged } from '@fluxwright/diagnostics';
import type { ResolvedCluster } from '@fluxwright/model';
import type { Engines } from '../engines/engines.ts';
import { namespaceOwners } from '../plan/namespace-owners.ts';
import type { RenderPlan } from '../render-plan.ts';
import type { RenderedCluster } from '../rendered-cluster.ts';
import { buildBases } from './build-bases.ts';
import { deliverCharts } from './chart/deliver-charts.ts';
import type { RenderCache } from './render-cache.ts';
import { placeStages } from './render-cluster.ts';
import { renderStages } from './render-stages.ts';

export interface RenderTools {
  readonly cache: RenderCache;
  readonly engines: Engines;
}

/** The whole of rendering: the tasks of the plan, then what only Flux's own code can make of them. */
export async function renderWithEngines(
  cluster: ResolvedCluster,
  plan: RenderPlan,
  { cache, engines }: RenderTools,
): Promise<Staged<RenderedCluster>> {
  const input = { cluster, plan, cache, namespaces: namespaceOwners(cluster) };
  const stages = renderStages(input);
  if (hasErrors(stages.diagnostics)) return placeStages(cluster, stages);
  const built = await buildBases(stages.value, input, engines);
  const delivered = await deliverCharts(built.value, input, engines);
  const diagnostics = [...stages.diagnostics, ...built.diagnostics, ...delivered.diagnostics];
  return placeStages(cluster, { value: delivered.value, diagnostics });
}
