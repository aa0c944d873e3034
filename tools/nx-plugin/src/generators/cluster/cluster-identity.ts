/** What makes a new cluster another one than its model. */
export interface ClusterIdentity {
  readonly name: string;
  readonly domain: string;
}
