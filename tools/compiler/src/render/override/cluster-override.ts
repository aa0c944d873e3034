import { emptyMap, isObject, type JsonObject, type JsonValue, valueAt } from '@fluxwright/documents';
import type { ResolvedCluster } from '@fluxwright/model';
import { mergedOver } from './merged-over.ts';

/**
 * What a cluster overrides of a component, as its manifest says it over the defaults of all clusters: a null is kept, which a
 * merge of settings takes out. Of patches the cluster's list replaces that of the defaults, as with every list.
 */
export function clusterOverride(
  cluster: ResolvedCluster,
  component: string,
): { readonly values?: JsonObject; readonly patches: readonly JsonObject[] } {
  const said = overridesIn(cluster).flatMap((all) => {
    const own = all[component];
    return isObject(own) ? [own] : [];
  });
  const values = said.map((each) => each.values).filter(isObject);
  const patches = said.map((each) => each.patches).findLast(Array.isArray) ?? [];
  return {
    ...(values.length > 0 && { values: values.reduce(mergedOver, emptyMap()) }),
    patches: patches.filter(isObject),
  };
}

/** The components that a cluster overrides something of. */
export function overriddenComponents(cluster: ResolvedCluster): readonly string[] {
  return [...new Set(overridesIn(cluster).flatMap((all) => Object.keys(all)))];
}

/** The defaults of all clusters first. */
function overridesIn({ documents, file }: ResolvedCluster): readonly JsonObject[] {
  return ['clusters/defaults.yaml', file]
    .map((each): JsonValue | undefined => valueAt(documents.get(each)?.value ?? null, ['spec', 'overrides']))
    .filter(isObject);
}
