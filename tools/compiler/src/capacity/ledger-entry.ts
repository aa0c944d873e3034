import type { Nano } from '@fluxwright/kubernetes';
import type { Pool } from './node-pools.ts';
import type { Amounts, WorkloadDemand } from './workload-demand.ts';

/** Sums over the pods of some workloads. */
export interface Totals {
  readonly requests: Amounts;
  readonly limits: Amounts;
  /** A volume counts with the size that it really gets. */
  readonly storage: Nano;
  readonly volumes: number;
  readonly pods: number;
}

/** A workload, and what all its pods come to in this cluster. */
export interface LedgerEntry extends Totals {
  readonly workload: WorkloadDemand;
  /** Pools whose nodes can hold one of its pods; all where the cluster declares none. */
  readonly pools: readonly Pool[];
}
