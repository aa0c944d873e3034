import type { Staged } from '@fluxwright/diagnostics';
import type { ResolvedCluster } from '@fluxwright/model';
import type { RenderedCluster } from '../src/data/rendered-cluster.ts';
import type { Engines } from '../src/engines/engines.ts';
import { orderCluster } from '../src/order/order-cluster.ts';
import { planCluster } from '../src/plan/plan-cluster.ts';
import { makeRenderCache } from '../src/render/render-cache.ts';
import { renderCluster } from '../src/render/render-cluster.ts';

/** Plans, renders and orders a cluster with the given engines. */
export async function renderWithEngines(resolved: ResolvedCluster, engines: Engines): Promise<Staged<RenderedCluster>> {
  const plan = planCluster(resolved).value;
  const { value, diagnostics } = await renderCluster(resolved, plan, { cache: makeRenderCache(), engines });
  return { value: orderCluster(value), diagnostics };
}
