import type { Span } from '@fluxwright/diagnostics';
import type { JsonPath } from '@fluxwright/documents';
import { one, parseQuantity } from '@fluxwright/kubernetes';
import type { NodePool, ResolvedCluster } from '@fluxwright/model';
import type { Amounts, Placement, Toleration } from './workload-demand.ts';

/** A pool of equal nodes as the ledger counts it. */
export interface Pool {
  readonly name: string;
  readonly nodes: number;
  /** What one node has. */
  readonly node: Amounts;
  readonly maxPods: number;
  /** Volumes that one node takes; absent where nobody says. */
  readonly maxVolumes?: number;
  /** How many of its nodes may be lost, and the rest must carry their pods. */
  readonly spare: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
  spanOf(path: JsonPath): Span;
}

interface Taint {
  readonly key: string;
  readonly value?: string;
  readonly effect: string;
}

/** Pods a node takes where the cluster does not say: what K3s is started with (`--kubelet-arg=max-pods=50`). */
export const defaultMaxPods = 50;

/** The node pools of a cluster that have nodes. A single node cannot be spared: there is nothing left to carry its pods. */
export function nodePools({ spec, settings, file, facts }: ResolvedCluster): readonly Pool[] {
  const maxVolumes = facts.get('volumesPerNode')?.value;
  const { pools = [], maxPods, spare = 1 } = spec.nodes ?? {};
  return pools
    .map((pool, index) => ({ pool, index }))
    .filter(({ pool }) => pool.count > 0)
    .map(({ pool, index }) => ({
      name: pool.name,
      nodes: pool.count,
      node: amountsOf(pool),
      maxPods: maxPods ?? defaultMaxPods,
      ...(typeof maxVolumes === 'number' && { maxVolumes }),
      spare: Math.min(pool.spare ?? spare, totalNodes(pools) - 1),
      labels: pool.labels ?? {},
      taints: pool.taints ?? [],
      spanOf: (path) =>
        settings.originsOf(['nodes', 'pools', index, ...path])[0] ??
        settings.originsOf(['nodes', 'pools', index])[0] ?? { file },
    }));
}

/**
 * Whether a pod with this placement can be put on nodes of the pool. Of labels only those are known that some pool of the
 * cluster declares; a selector on another one is taken to match (kubernetes.io/arch, what a node agent adds).
 */
export function accepts(pool: Pool, { selector, tolerations }: Placement, known: ReadonlySet<string>): boolean {
  const selected = Object.entries(selector).every(([key, value]) => !known.has(key) || pool.labels[key] === value);
  const repelled = pool.taints.some((taint) => taint.effect !== 'PreferNoSchedule' && !tolerates(tolerations, taint));
  return selected && !repelled;
}

/** Labels that the pools of a cluster declare. */
export function knownLabels(pools: readonly Pool[]): ReadonlySet<string> {
  return new Set(pools.flatMap(({ labels }) => Object.keys(labels)));
}

/** https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/ */
function tolerates(tolerations: 'any' | readonly Toleration[], taint: Taint): boolean {
  if (tolerations === 'any') return true;
  return tolerations.some(({ key, operator = 'Equal', value = '', effect }) => {
    if (effect !== undefined && effect !== '' && effect !== taint.effect) return false;
    if (key === undefined || key === '') return operator === 'Exists';
    return key === taint.key && (operator === 'Exists' || value === (taint.value ?? ''));
  });
}

function amountsOf({ cpu, memory, gpu = 0 }: NodePool): Amounts {
  return { cpu: parseQuantity(cpu) ?? 0n, memory: parseQuantity(memory) ?? 0n, gpu: BigInt(gpu) * one };
}

function totalNodes(pools: readonly NodePool[]): number {
  return pools.reduce((sum, { count }) => sum + count, 0);
}
