import type { Diagnostic } from '@fluxwright/diagnostics';
import type { Cluster, Workspace } from '../load/workspace.ts';
import { clusterSettings } from '../resolve/cluster-settings.ts';
import type { ComponentMembers, ProductMembers, Resolution } from '../resolve/resolution.ts';
import type { MergedValues } from '../resolve/resolved-cluster.ts';
import { selectComponents } from '../resolve/select-components.ts';
import { selectProducts } from '../resolve/select-products.ts';

/** What a cluster has, also where its values or choices are wrong. */
export interface ClusterMembers {
  readonly name: string;
  readonly settings: MergedValues;
  readonly products: ProductMembers;
  readonly components: ComponentMembers;
}

/** The members of each cluster, by name, and what is wrong with who they are. */
export function clusterMembers(workspace: Workspace): {
  readonly members: readonly ClusterMembers[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const diagnostics: Diagnostic[] = [];
  const members = [...workspace.clusters.values()].map((cluster) => membersOf(workspace, cluster, diagnostics));
  return { members, diagnostics };
}

function membersOf(workspace: Workspace, cluster: Cluster, diagnostics: Diagnostic[]): ClusterMembers {
  const settings = clusterSettings(workspace, cluster);
  const resolution: Resolution = { workspace, cluster, settings, diagnostics, blocked: false };
  const products = selectProducts(resolution);
  return { name: cluster.name, settings, products, components: selectComponents(resolution, products) };
}
