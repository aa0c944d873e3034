import type { ClusterOrder } from '@fluxwright/compiler';
import type { StageEdge, StageId } from '@fluxwright/model';
import { orderWaves } from './order-waves.ts';

/** The order of a cluster as the printers take it. */
export interface StageGraph {
  readonly cluster: string;
  readonly waves: readonly (readonly StageId[])[];
  readonly edges: readonly StageEdge[];
}

/** The waves of a cluster's order. */
export function stageGraph({ cluster, stages, edges }: ClusterOrder): StageGraph {
  return { cluster, waves: orderWaves(stages, edges), edges };
}
