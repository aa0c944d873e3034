import type { Diagnostic } from '@fluxwright/diagnostics';
import type { Engines } from '../engines/engines.ts';
import type { RenderedCluster } from '../rendered-cluster.ts';
import { checks } from './checks.ts';
import { indexObjects } from './object-index.ts';
import { proofs } from './proofs.ts';

/**
 * Everything the checks find in a cluster's objects, with the cluster's name; in the order of the checks. With engines,
 * what Kubernetes' and Flux's own code says too.
 */
export async function validateCluster(rendered: RenderedCluster, engines?: Engines): Promise<readonly Diagnostic[]> {
  const context = { rendered, objects: indexObjects(rendered) };
  const found = checks.flatMap((check) => check(context));
  if (engines !== undefined) {
    const schemas = engines.schemas.forKubernetes(rendered.cluster.spec.kubernetes.version);
    const proved = await Promise.all(proofs.map((proof) => proof({ ...context, schemas })));
    const places = new Set(found.map(placeOf));
    // A check says in better words what the schema says of the same value.
    found.push(...proved.flat().filter((each) => each.code !== 'validate/schema' || !places.has(placeOf(each))));
  }
  return found.map((each) => ({ ...each, cluster: rendered.cluster.name }));
}

function placeOf({ primary }: Diagnostic): string {
  return `${primary?.file}:${primary?.start?.line}:${primary?.start?.column}`;
}
