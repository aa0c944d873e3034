import { isObject, type JsonObject, valueAt } from '@fluxwright/documents';
import type { Cluster, Workspace } from '../load/workspace.ts';
import { clusterSettings } from '../resolve/cluster-settings.ts';
import type { PairRole } from '../resolve/resolved-cluster.ts';

/**
 * The same workspace with the other cluster of a pair lost: what this one has copies of is its own, and the other one is standby.
 * Compiled, it is the failover tree of the cluster (docs/decisions/0120). Undefined for a cluster that has no copies, and where no
 * other one is there. Places in the files stay as they are.
 */
export function failoverWorkspace(workspace: Workspace, name: string): Workspace | undefined {
  const cluster = workspace.clusters.get(name);
  if (cluster === undefined) return undefined;
  const said = valueAt(clusterSettings(workspace, cluster).value, ['disasterRecovery']);
  if (!isObject(said) || !hasCopies(said) || said.peer === name) return undefined;
  const peer = typeof said.peer === 'string' ? workspace.clusters.get(said.peer) : undefined;
  if (peer === undefined) return undefined;
  return {
    ...workspace,
    clusters: new Map(
      [...workspace.clusters].map(([each, one]): [string, Cluster] => {
        if (one === cluster) return [each, withRole(one, 'primary')];
        return [each, one === peer ? withRole(one, 'standby') : one];
      }),
    ),
  };
}

/** True where a cluster is standby, of all or of single services. */
function hasCopies({ role, services }: JsonObject): boolean {
  return role === 'standby' || (isObject(services) && Object.values(services).includes('standby'));
}

/** A cluster with one part in all services. Nobody is there who hands over. */
function withRole(cluster: Cluster, role: PairRole): Cluster {
  return { ...cluster, instead: { disasterRecovery: { role, services: null, switching: null, tokens: null } } };
}
