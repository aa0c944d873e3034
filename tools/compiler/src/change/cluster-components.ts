import type { Span } from '@fluxwright/diagnostics';
import type { Reason, ResolvedCluster } from '@fluxwright/model';
import { requiredComponents } from '../assemble/required-components.ts';

/** The components of a cluster, as far as it matters for what its last tree had. */
export interface ClusterComponents {
  readonly cluster: string;
  /** Where each is named, by name. */
  readonly named: ReadonlyMap<string, Span>;
  /** Those that others require alone, with the reasons. */
  readonly required: ReadonlyMap<string, readonly Reason[]>;
}

/** Takes out of a resolved cluster what {@link componentFindings} asks for. */
export function clusterComponents(cluster: ResolvedCluster): ClusterComponents {
  return {
    cluster: cluster.name,
    named: new Map(
      cluster.components.map(({ component: { name, manifest } }) => [name, manifest.locate(['metadata', 'name'])]),
    ),
    required: requiredComponents(cluster),
  };
}
