import { isObject, type JsonValue, valueAt } from '@fluxwright/documents';
import { idOf, type ObjectId } from '@fluxwright/kubernetes';

/**
 * The identity of a Kubernetes object, its version no part of it: `v1beta1` → `v1` is a change of a field. Undefined where the value
 * is none. A KustomizationFile goes by its folder.
 */
export function objectId(value: JsonValue, path: string): ObjectId | undefined {
  if (!isObject(value) || typeof value.apiVersion !== 'string' || typeof value.kind !== 'string') return undefined;
  const { apiVersion, kind } = value;
  const [name, namespace] = ['name', 'namespace'].map((field) => valueAt(value, ['metadata', field]));
  const place = typeof namespace === 'string' && namespace !== '' ? { namespace } : {};
  if (typeof name === 'string') return { ...idOf({ apiVersion, kind, name }), ...place };
  if (!apiVersion.startsWith('kustomize.config.k8s.io/')) return undefined;
  return idOf({ apiVersion, kind: `${kind}File`, name: path.split('/').slice(0, -1).join('/') || '.' });
}

/** A text that is equal for equal identities only, and sorts by kind, namespace and name. */
export function sortKey({ group, kind, namespace = '', name }: ObjectId): string {
  return JSON.stringify([kind, namespace, name, group]);
}
