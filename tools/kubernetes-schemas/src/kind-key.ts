/** The key of a kind in the manifest and the data files: `v1/Pod`, `apps/v1/Deployment`. */
export function kindKey(apiVersion: string, kind: string): string {
  return `${apiVersion}/${kind}`;
}
