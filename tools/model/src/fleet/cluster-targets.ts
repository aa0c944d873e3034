import type { Span } from '@fluxwright/diagnostics';
import { isObject, valueAt } from '@fluxwright/documents';
import type { Workspace } from '../load/workspace.ts';
import { clusterSettings } from '../resolve/cluster-settings.ts';
import type { ClusterTarget } from './overlapping-targets.ts';

/** A target, and the line that says its folder; the manifest where that is the default. */
export interface PlacedTarget extends ClusterTarget {
  readonly span: Span;
  /** Branch for its failover tree. */
  readonly failover: string;
}

/** The branch for a cluster's failover tree: `spec.git.failover`. */
export function failoverBranch({ failover }: { readonly failover?: unknown }): string {
  return typeof failover === 'string' ? failover : 'failover';
}

/** Where the clusters that were read are published to, by name; those without an address are left out. */
export function clusterTargets(workspace: Workspace): readonly PlacedTarget[] {
  return [...workspace.clusters.values()].flatMap((cluster) => {
    const settings = clusterSettings(workspace, cluster);
    const git = valueAt(settings.value, ['git']);
    if (!isObject(git)) return [];
    const { url, branch, path } = git;
    if (typeof url !== 'string' || typeof branch !== 'string' || typeof path !== 'string') return [];
    const span = settings.originsOf(['git', 'path'])[0] ?? { file: cluster.manifest.file };
    return [{ cluster: cluster.name, url, branch, path, span, failover: failoverBranch(git) }];
  });
}
