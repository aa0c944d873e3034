import type { ClusterOrder } from '@fluxwright/compiler';
import { by } from '@fluxwright/documents';
import { isBeside, type StageEdge, type StageId } from '@fluxwright/model';
import { orderWaves } from './order-waves.ts';

/** The order of a cluster as the printers take it. */
export interface StageGraph {
  readonly cluster: string;
  readonly waves: readonly (readonly StageId[])[];
  /** Stages that are attached to what runs: nobody waits for them, so they are in no wave. Sorted by component. */
  readonly attached: readonly StageId[];
  readonly edges: readonly StageEdge[];
}

/** The waves of a cluster's order. */
export function stageGraph({ cluster, stages, edges }: ClusterOrder): StageGraph {
  const isAttached = ({ stage }: StageId): boolean => isBeside(stage);
  return {
    cluster,
    waves: orderWaves(
      stages.filter((each) => !isAttached(each)),
      edges.filter(({ from }) => !isAttached(from)),
    ),
    attached: stages.filter(isAttached).toSorted(by(({ component }) => component)),
    edges,
  };
}
