import { isObject, type JsonObject, type JsonValue } from '@fluxwright/documents';

/** What makes an object the same one in two trees. The API version is not part of it: `v1beta1` → `v1` is a change of a field. */
export interface ObjectId {
  /** API group; '' for the core group. */
  readonly group: string;
  readonly kind: string;
  /** '' for objects of the whole cluster. */
  readonly namespace: string;
  readonly name: string;
}

/** The identity of a Kubernetes object; undefined where the value is none. A KustomizationFile goes by its folder. */
export function objectId(value: JsonValue, path: string): ObjectId | undefined {
  if (!isObject(value) || typeof value.apiVersion !== 'string' || typeof value.kind !== 'string') return undefined;
  const slash = value.apiVersion.lastIndexOf('/');
  const group = slash < 0 ? '' : value.apiVersion.slice(0, slash);
  const metadata: JsonObject = isObject(value.metadata) ? value.metadata : {};
  const name = typeof metadata.name === 'string' ? metadata.name : undefined;
  const namespace = typeof metadata.namespace === 'string' ? metadata.namespace : '';
  if (name !== undefined) return { group, kind: value.kind, namespace, name };
  if (group !== 'kustomize.config.k8s.io') return undefined;
  return { group, kind: `${value.kind}File`, namespace: '', name: path.split('/').slice(0, -1).join('/') || '.' };
}

/** `Kind namespace/name`, as people say it. */
export function objectLabel({ kind, namespace, name }: ObjectId): string {
  return `${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`;
}

/** A key that is equal for equal identities only, and sorts by kind, namespace and name. */
export function objectKey({ group, kind, namespace, name }: ObjectId): string {
  return JSON.stringify([kind, namespace, name, group]);
}
