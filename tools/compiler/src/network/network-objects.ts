import { isObject, type JsonObject } from '@fluxwright/documents';
import type { RecordedFacts, RenderedCluster, Resource } from '../data/rendered-cluster.ts';

/** The objects that the workspace alone decides: those of the tree, and of charts what was recorded. Policies are made of these. */
export function writtenObjects({
  resources,
  recorded,
}: Pick<RenderedCluster, 'resources' | 'recorded'>): readonly Resource[] {
  return [...resources, ...recorded.flatMap(recordedObjects)];
}

/** All objects that are known: of charts at hand what Helm makes of them, of others what was recorded. Policies are held against these. */
export function allObjects({
  resources,
  released,
  recorded,
}: Pick<RenderedCluster, 'resources' | 'released' | 'recorded'>): readonly Resource[] {
  return [...resources, ...released, ...recorded.filter(({ isAtHand }) => !isAtHand).flatMap(recordedObjects)];
}

/**
 * What may be otherwise in this cluster counts as it was recorded where it shows that somebody calls somebody: a flow too many is let through.
 * Of a Service it would be a port too few: one that may be otherwise leads to any.
 */
function recordedObjects({ facts, release, resources }: RecordedFacts): readonly Resource[] {
  return resources.map((resource, at) => {
    const known = release.objects[at];
    if (known === undefined || known.isSure || resource.kind === 'Service') return resource;
    const object: unknown = facts.spec.objects[known.index];
    return isObject(object as JsonObject) ? { ...resource, object: object as JsonObject } : resource;
  });
}
