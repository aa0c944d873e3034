/** Where a cluster's tree goes: `spec.git` of its manifest. */
export interface PublishTarget {
  /** Clone URL without credentials. */
  readonly url: string;
  readonly branch: string;
  /** Folder of the cluster in the repository. */
  readonly path: string;
}
