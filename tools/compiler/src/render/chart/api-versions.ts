import type { SchemaLookup } from '@fluxwright/kubernetes-schemas';
import { providedDefinitions, type ResolvedCluster } from '@fluxwright/model';

/**
 * What a chart sees as `.Capabilities.APIVersions`: the built-in kinds of the cluster's Kubernetes, and the custom ones
 * whose CRDs a component of the cluster provides, in the versions that it serves, each as `group/version` and `group/version/Kind`, as helm-controller
 * reads them from the API server. Sorted.
 */
export function apiVersions({ components }: ResolvedCluster, schemas: SchemaLookup): readonly string[] {
  const provided = new Map(
    components.flatMap(({ component }) => providedDefinitions(component).map((each) => [each.name, each] as const)),
  );
  const kinds = schemas.listKinds().filter(({ apiVersion, plural, scope, source }) => {
    if (scope === null) return false;
    if (source.module === 'k8s.io/kubernetes') return true;
    const [group, version = ''] = apiVersion.split('/');
    const definition = provided.get(`${plural}.${group}`);
    return definition !== undefined && definition.versions?.includes(version) !== false;
  });
  return [...new Set(kinds.flatMap(({ apiVersion, kind }) => [apiVersion, `${apiVersion}/${kind}`]))].sort();
}
