import { type Diagnostic, hasErrors } from '@fluxwright/diagnostics';
import type { RenderedCluster } from '../data/rendered-cluster.ts';
import type { Engines } from '../engines/engines.ts';
import { checks } from './checks.ts';
import { invalidObject } from './invalid-object.ts';
import { indexObjects } from './object-index.ts';
import { refusedObject } from './refused/refused-object.ts';
import { schemasFor } from './schemas-for.ts';
import { unfaithfulBuild } from './unfaithful-build.ts';
import { unknownKind } from './unknown-kind.ts';

/**
 * Everything the checks find in a cluster's objects, with the cluster's name; in the order of the checks. With engines,
 * what Kubernetes' and Flux's own code says too.
 */
export async function validateCluster(rendered: RenderedCluster, engines?: Engines): Promise<readonly Diagnostic[]> {
  const applied = [...rendered.resources, ...rendered.released];
  const context = { rendered, objects: indexObjects(rendered), applied };
  const found = checks.flatMap((check) => check(context));
  if (engines !== undefined) {
    const schemas = schemasFor(rendered, engines);
    const proof = { ...context, schemas, engines };
    const [invalid, unknown, built] = await Promise.all([
      invalidObject(proof),
      unknownKind(proof),
      unfaithfulBuild(proof),
    ]);
    const judged = [...invalid, ...unknown, ...refusedObject(proof)];
    const places = new Set(found.map(placeOf));
    // A check says in better words what the schema says of the same value.
    found.push(
      ...judged.filter(
        (each) => !['validate/schema', 'validate/refused-object'].includes(each.code) || !places.has(placeOf(each)),
      ),
    );
    // What kustomize makes of a wrong object is no news.
    if (!hasErrors(found)) found.push(...built);
  }
  return found.map((each) => ({ ...each, cluster: rendered.cluster.name }));
}

function placeOf({ primary }: Diagnostic): string {
  return `${primary?.file}:${primary?.start?.line}:${primary?.start?.column}`;
}
