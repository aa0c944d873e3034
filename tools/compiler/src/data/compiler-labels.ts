/** Labels of every object that reaches a cluster: metadata only, never part of a selector. */
export const managedByLabel = 'app.kubernetes.io/managed-by';
export const componentLabel = 'fluxwright.dev/component';

/** The labels of an object of a component; without one for the objects that tie the cluster to its repository. */
export function compilerLabels(component?: string): Readonly<Record<string, string>> {
  return { [managedByLabel]: 'fluxwright', ...(component === undefined ? {} : { [componentLabel]: component }) };
}
