/** What names an object in a cluster: two objects with the same one are the same object, whatever their version. */
export interface ObjectId {
  /** API group; '' for the core group. */
  readonly group: string;
  readonly kind: string;
  /** Absent for an object of the cluster's scope. */
  readonly namespace?: string | undefined;
  readonly name: string;
}

/** The identity of an object that names its version. */
export function idOf({
  apiVersion,
  kind,
  namespace,
  name,
}: Omit<ObjectId, 'group'> & { readonly apiVersion: string }): ObjectId {
  return { group: groupOf(apiVersion), kind, namespace, name };
}

/** A text that is equal for equal identities only: no part of one holds a slash, but a group and a kind. */
export function objectKey({ group, kind, namespace, name }: ObjectId): string {
  return `${group}/${kind}/${namespace ?? ''}/${name}`;
}

/** `apps` of `apps/v1`; '' of `v1`. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}
