import { byKey } from '@fluxwright/documents';
import { type Nano, one } from '@fluxwright/kubernetes';
import type { LedgerEntry } from './ledger-entry.ts';
import type { Pool } from './node-pools.ts';
import type { ResourceName } from './workload-demand.ts';

/** What a budget counts: pods and volumes as whole pieces. */
export type BudgetName = ResourceName | 'pods' | 'volumes';
export const budgetNames: readonly BudgetName[] = ['cpu', 'memory', 'gpu', 'pods', 'volumes'];

/** What workloads need of the pools they can run in, and what these have once nodes are lost. */
export interface Budget {
  readonly resource: BudgetName;
  readonly pools: readonly Pool[];
  /** Asked for, agents on the remaining nodes included. */
  readonly needed: Nano;
  /** What the remaining nodes have. */
  readonly available: Nano;
  /** How many nodes of which pool count as lost: the loss that hurts most. */
  readonly lost?: { readonly pool: Pool; readonly nodes: number };
  /** Workloads that can run in these pools only; agents, one a node, are not among them. */
  readonly entries: readonly LedgerEntry[];
}

/**
 * A budget for each set of pools that some workload is bound to, and for all pools together. Pods bound to a set must fit
 * into it whatever else happens, so a budget that is exceeded is exceeded for sure; that all hold does not promise a
 * place to each pod, since a scheduler cannot cut pods to fit. What runs on each node is taken off the nodes first.
 */
export function budgetsOf(entries: readonly LedgerEntry[], pools: readonly Pool[]): readonly Budget[] {
  if (pools.length === 0) return [];
  const placed = entries.filter((entry) => entry.pools.length > 0 && entry.workload.replicas !== 'node');
  const agents = entries.filter(({ workload }) => workload.replicas === 'node');
  const sets = new Map([[keyOf(pools), pools], ...placed.map((entry) => [keyOf(entry.pools), entry.pools] as const)]);
  return [...sets]
    .sort(byKey)
    .flatMap(([, set]) => {
      const bound = placed.filter((entry) => entry.pools.every((pool) => set.includes(pool)));
      const counted = budgetNames.filter(
        (resource) => resource !== 'volumes' || set.every(({ maxVolumes }) => maxVolumes !== undefined),
      );
      return counted.map((resource) => budgetOf(resource, { set, bound, agents }));
    })
    .filter(({ needed, available }) => needed > 0n || available > 0n);
}

interface PoolSet {
  readonly set: readonly Pool[];
  readonly bound: readonly LedgerEntry[];
  readonly agents: readonly LedgerEntry[];
}

function budgetOf(resource: BudgetName, { set, bound, agents }: PoolSet): Budget {
  const perNode = new Map(
    set.map((pool) => [
      pool,
      agents
        .filter((entry) => entry.pools.includes(pool))
        .reduce((sum, { workload }) => sum + ofOnePod(workload, resource), 0n),
    ]),
  );
  const free = (pool: Pool): Nano => nodeHas(pool, resource) - (perNode.get(pool) ?? 0n);
  const [worst] = set
    .filter(({ spare }) => spare > 0)
    .map((pool) => ({ pool, nodes: Math.min(pool.spare, pool.nodes) }))
    .sort((a, b) => compare(free(b.pool) * BigInt(b.nodes), free(a.pool) * BigInt(a.nodes)));
  const remaining = (pool: Pool): bigint => BigInt(pool.nodes - (worst?.pool === pool ? worst.nodes : 0));
  const sum = (amountOf: (pool: Pool) => Nano): Nano =>
    set.reduce((total, pool) => total + remaining(pool) * amountOf(pool), 0n);
  const asked = bound.reduce((total, entry) => total + askedBy(entry, resource), 0n);
  return {
    resource,
    pools: set,
    needed: asked + sum((pool) => perNode.get(pool) ?? 0n),
    available: sum((pool) => nodeHas(pool, resource)),
    ...(worst && { lost: worst }),
    entries: bound,
  };
}

/** What all pods of a workload ask for. */
export function askedBy({ pods, volumes, requests }: LedgerEntry, resource: BudgetName): Nano {
  if (resource === 'pods') return BigInt(pods) * one;
  return resource === 'volumes' ? BigInt(volumes) * one : requests[resource];
}

function ofOnePod({ volumes, requests }: LedgerEntry['workload'], resource: BudgetName): Nano {
  if (resource === 'pods') return one;
  return resource === 'volumes' ? BigInt(volumes.length) * one : requests[resource];
}

function nodeHas({ node, maxPods, maxVolumes = 0 }: Pool, resource: BudgetName): Nano {
  if (resource === 'pods') return BigInt(maxPods) * one;
  return resource === 'volumes' ? BigInt(maxVolumes) * one : node[resource];
}

function keyOf(pools: readonly Pool[]): string {
  return pools.map(({ name }) => name).join(' ');
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
