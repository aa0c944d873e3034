/** `Deployment gitea/gitea`, `ClusterRole viewer`: an object as messages name it. */
export function objectTitle({
  kind,
  namespace,
  name,
}: {
  kind: string;
  namespace?: string | undefined;
  name: string;
}): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}
