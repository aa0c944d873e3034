import type { ResolvedCluster, StageEdge, StageId } from '@fluxwright/model';
import { orderWaves } from './order-waves.ts';

/** The order of a cluster as the printers take it. */
export interface StageGraph {
  readonly cluster: string;
  readonly waves: readonly (readonly StageId[])[];
  readonly edges: readonly StageEdge[];
}

/** Order of a resolved cluster. */
export function stageGraph(cluster: ResolvedCluster): StageGraph {
  const stages = cluster.components.flatMap(({ component, stages: names }) =>
    names.map((stage) => ({ component: component.name, stage })),
  );
  return { cluster: cluster.name, waves: orderWaves(stages, cluster.edges), edges: cluster.edges };
}
