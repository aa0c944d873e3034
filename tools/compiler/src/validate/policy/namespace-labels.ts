import { labelsOfNamespace } from '../../data/namespace-labels.ts';
import type { CheckContext } from '../check.ts';

/** The labels of the namespaces of a tree. */
export function namespaceLabels({
  objects,
}: Pick<CheckContext, 'objects'>): (namespace: string) => Readonly<Record<string, unknown>> {
  return (namespace) =>
    labelsOfNamespace(namespace, objects.find({ group: '', kind: 'Namespace', name: namespace })?.object);
}
