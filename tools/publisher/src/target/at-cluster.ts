/** Where findings about publishing a cluster point to: its manifest says where it goes. */
export function atCluster(cluster: string): { readonly primary: { readonly file: string } } {
  return { primary: { file: `clusters/${cluster}/cluster.yaml` } };
}
