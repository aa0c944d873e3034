import { isObject, type JsonObject, valueAt } from '@fluxwright/documents';

/** The labels of a namespace as selectors see them: those of its object, and the name, which the API server adds. */
export function labelsOfNamespace(
  namespace: string,
  object: JsonObject | undefined,
): Readonly<Record<string, unknown>> {
  const labels = object && valueAt(object, ['metadata', 'labels']);
  return { ...(isObject(labels) ? labels : {}), 'kubernetes.io/metadata.name': namespace };
}
