import { isObject, valueAt } from '@fluxwright/documents';
import type { CheckContext } from '../check.ts';

/** The labels of a namespace as selectors see them: those of its object in the tree, and the name, which the API server adds. */
export function namespaceLabels({
  objects,
}: Pick<CheckContext, 'objects'>): (namespace: string) => Readonly<Record<string, unknown>> {
  return (namespace) => {
    const found = objects.find({ group: '', kind: 'Namespace', name: namespace });
    const labels = found && valueAt(found.object, ['metadata', 'labels']);
    return { ...(isObject(labels) ? labels : {}), 'kubernetes.io/metadata.name': namespace };
  };
}
