import { isObject, type JsonObject } from '@fluxwright/documents';
import { standIns, type Workspace } from '@fluxwright/model';

/**
 * The spec of a cluster without values of components that it does not have: that its choices exclude, or in whose place
 * another one stands. A cluster that varies a sample keeps the sample's values for the rest.
 */
export function withFittingValues(workspace: Workspace, spec: JsonObject): JsonObject {
  if (!isObject(spec.values)) return spec;
  const named = new Set(spec.components as readonly string[] | undefined);
  const replaced = new Set([...standIns(workspace)].flatMap(([name, others]) => (named.has(name) ? others : [])));
  const isHere = (name: string): boolean => {
    const choices = workspace.components.get(name)?.spec.choices ?? {};
    const isChosen = Object.entries(choices).every(([key, options]) => options.includes(String(spec[key])));
    return isChosen && !replaced.has(name);
  };
  return { ...spec, values: Object.fromEntries(Object.entries(spec.values).filter(([name]) => isHere(name))) };
}
