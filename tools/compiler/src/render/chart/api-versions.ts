import type { SchemaLookup } from '@fluxwright/kubernetes-schemas';
import type { ResolvedCluster } from '@fluxwright/model';

/**
 * What a chart sees as `.Capabilities.APIVersions`: the built-in kinds of the cluster's Kubernetes, and the custom ones
 * whose CRDs a component of the cluster provides, each as `group/version` and `group/version/Kind`, as helm-controller
 * reads them from the API server. Sorted.
 */
export function apiVersions({ components }: ResolvedCluster, schemas: SchemaLookup): readonly string[] {
  const provided = new Set(components.flatMap(({ component }) => component.spec.provides?.crds ?? []));
  const kinds = schemas.listKinds().filter(({ apiVersion, plural, scope, source }) => {
    if (scope === null) return false;
    return source.module === 'k8s.io/kubernetes' || provided.has(`${plural}.${apiVersion.split('/')[0]}`);
  });
  return [...new Set(kinds.flatMap(({ apiVersion, kind }) => [apiVersion, `${apiVersion}/${kind}`]))].sort();
}
