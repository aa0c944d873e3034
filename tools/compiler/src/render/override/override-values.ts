import { emptyMap, isObject, type JsonObject, type JsonPath, valueAt } from '@fluxwright/documents';
import type { ResolvedCluster } from '@fluxwright/model';
import type { RenderedObject } from '../rendered-object.ts';
import { clusterOverride } from './cluster-override.ts';
import { mergedOver } from './merged-over.ts';

/**
 * A chart's values with those that the cluster sets over them in the chart's own words (`spec.overrides.<component>.values`).
 * Maps merge, lists and scalars replace, and null stays, which takes a default of the chart away
 * (https://helm.sh/docs/chart_template_guide/values_files/#deleting-a-default-key). What was overridden comes from the line
 * of the override.
 */
export function overriddenValues(
  values: RenderedObject | undefined,
  cluster: ResolvedCluster,
  component: string,
): RenderedObject | undefined {
  const { values: over } = clusterOverride(cluster, component);
  if (over === undefined) return values;
  const at = (path: JsonPath): JsonPath => ['overrides', component, 'values', ...path];
  const origin = (path: JsonPath, part?: 'key' | 'value') =>
    cluster.settings.originsOf(at(path), part)[0] ?? { file: cluster.file };
  return {
    object: mergedOver(values?.object ?? emptyMap(), over),
    span: values?.span ?? origin([]),
    trace: (path, part) =>
      values === undefined || overrides(over, path)
        ? { span: origin(path, part), reads: [], inside: [] }
        : values.trace(path, part),
  };
}

/** The paths at which an override says something, and that had another value before. */
export function overriddenPaths(before: JsonObject, over: JsonObject, above: JsonPath = []): readonly JsonPath[] {
  return Object.entries(over).flatMap(([key, value]): readonly JsonPath[] => {
    const path = [...above, key];
    const had = before[key];
    if (had === undefined) return [];
    return isObject(value) && isObject(had) ? overriddenPaths(had, value, path) : [path];
  });
}

/** True where the override has the last word: at a value that it sets, or below one that is no map. */
function overrides(over: JsonObject, path: JsonPath): boolean {
  for (let length = 1; length <= path.length; length += 1) {
    const value = valueAt(over, path.slice(0, length));
    if (value === undefined) return false;
    if (!isObject(value)) return true;
  }
  return false;
}
