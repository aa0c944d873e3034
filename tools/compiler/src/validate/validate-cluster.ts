import type { Diagnostic } from '@fluxwright/diagnostics';
import type { RenderedCluster } from '../rendered-cluster.ts';
import { checks } from './checks.ts';
import { indexObjects } from './object-index.ts';

/** Everything the checks find in a cluster's objects, with the cluster's name; in the order of the checks. */
export async function validateCluster(rendered: RenderedCluster): Promise<readonly Diagnostic[]> {
  const context = { rendered, objects: indexObjects(rendered) };
  const found: Diagnostic[] = [];
  for (const check of checks) found.push(...(await check(context)));
  return found.map((each) => ({ ...each, cluster: rendered.cluster.name }));
}
