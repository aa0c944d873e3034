import type { Staged } from '@fluxwright/diagnostics';
import { by } from '@fluxwright/documents';
import { type Nano, parseQuantity } from '@fluxwright/kubernetes';
import type { ResolvedCluster } from '@fluxwright/model';
import type { RenderedCluster } from '../data/rendered-cluster.ts';
import { type Budget, budgetsOf } from './budget.ts';
import { type Costs, costsOf } from './costs.ts';
import { footprintWorkloads } from './footprint-workloads.ts';
import type { LedgerEntry, Totals } from './ledger-entry.ts';
import { accepts, knownLabels, nodePools, type Pool } from './node-pools.ts';
import { renderedWorkloads } from './rendered-workloads.ts';
import { addAmounts, noAmounts, timesAmounts, type WorkloadDemand } from './workload-demand.ts';

/** What a cluster's workloads ask for, against what its nodes have. */
export interface CapacityLedger {
  readonly cluster: string;
  /** Present where it is of the failover tree: of what the cluster carries once the other one of its pair is lost. */
  readonly tree?: 'failover';
  /** Sorted by category, component, kind, namespace, name. */
  readonly entries: readonly LedgerEntry[];
  /** Empty where the cluster declares no nodes: then nothing is held against anything. */
  readonly pools: readonly Pool[];
  readonly budgets: readonly Budget[];
  readonly costs: Costs;
}

/**
 * Sums requests, limits, GPUs, storage and pods of a cluster. A workload that is known as an object counts as it is; the
 * line of the component's footprint with the same kind and name is left out. Lines that no object stands for stay: operators
 * make workloads that are in no chart.
 */
export function capacityLedger(rendered: RenderedCluster): Staged<CapacityLedger> {
  const { cluster } = rendered;
  const objects = renderedWorkloads(rendered);
  const known = new Set(objects.map(lineOf));
  const { value: said, diagnostics } = footprintWorkloads(cluster);
  const pools = nodePools(cluster);
  const workloads = [...objects, ...said.filter((workload) => !known.has(lineOf(workload)))];
  const labels = knownLabels(pools);
  const smallest = smallestVolume(cluster);
  const entries = workloads
    .map((workload) => {
      const fitting = pools.filter(
        (pool) => accepts(pool, workload.placement, labels) && isLargeEnough(pool, workload),
      );
      return entryOf(workload, fitting, smallest);
    })
    .sort(byPlace);
  const budgets = budgetsOf(entries, pools);
  return { value: { cluster: cluster.name, entries, pools, budgets, costs: costsOf(cluster) }, diagnostics };
}

/** The sum of some entries. */
export function sumTotals(entries: readonly Totals[]): Totals {
  return entries.reduce(
    (sum, each) => ({
      requests: addAmounts(sum.requests, each.requests),
      limits: addAmounts(sum.limits, each.limits),
      storage: sum.storage + each.storage,
      volumes: sum.volumes + each.volumes,
      pods: sum.pods + each.pods,
    }),
    { requests: noAmounts, limits: noAmounts, storage: 0n, volumes: 0, pods: 0 },
  );
}

function smallestVolume({ facts }: ResolvedCluster): Nano {
  const said = facts.get('minimumVolume')?.value;
  return typeof said === 'string' ? (parseQuantity(said) ?? 0n) : 0n;
}

function entryOf(workload: WorkloadDemand, pools: readonly Pool[], smallest: Nano): LedgerEntry {
  const pods =
    workload.replicas === 'node'
      ? pools.reduce((sum, { nodes }) => sum + nodes, 0) || Number(pools.length === 0)
      : workload.replicas;
  const times = workload.replicas === 'node' ? pods : 1;
  return {
    workload,
    pools,
    requests: timesAmounts(workload.requests, pods),
    limits: timesAmounts(workload.limits, pods),
    storage: BigInt(times) * workload.volumes.reduce((sum, size) => sum + (size > smallest ? size : smallest), 0n),
    volumes: times * workload.volumes.length,
    pods,
  };
}

function isLargeEnough({ node }: Pool, { requests }: WorkloadDemand): boolean {
  return requests.cpu <= node.cpu && requests.memory <= node.memory && requests.gpu <= node.gpu;
}

function lineOf({ component, kind, name }: WorkloadDemand): string {
  return `${component}/${kind}/${name}`;
}

const places = ['category', 'component', 'kind', 'namespace', 'name'] as const;
const byPlace = by(
  ...places.map(
    (key) =>
      ({ workload }: LedgerEntry) =>
        workload[key],
  ),
);
