import type { Span } from '@fluxwright/diagnostics';
import type { Nano } from '@fluxwright/kubernetes';

/** What a scheduler and the nodes are asked for. */
export interface Amounts {
  readonly cpu: Nano;
  readonly memory: Nano;
  readonly gpu: Nano;
}

/** Names of the amounts, in the order they are printed. */
export const resourceNames = ['cpu', 'memory', 'gpu'] as const;
export type ResourceName = (typeof resourceNames)[number];

export const noAmounts: Amounts = { cpu: 0n, memory: 0n, gpu: 0n };

/** Which nodes a workload can run on, as far as it says. */
export interface Placement {
  readonly selector: Readonly<Record<string, string>>;
  /** `any` where it runs in spite of every taint. */
  readonly tolerations: 'any' | readonly Toleration[];
}

/** One entry of a pod's `tolerations`. */
export interface Toleration {
  readonly key?: string;
  readonly operator?: string;
  readonly value?: string;
  readonly effect?: string;
}

/** One workload and what it asks for. */
export interface WorkloadDemand {
  readonly component: string;
  readonly category: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** `footprint` where the component only says so, `rendered` where the object itself is known. */
  readonly source: 'rendered' | 'footprint';
  /** How many pods; `node` for one on each node it can run on. */
  readonly replicas: number | 'node';
  /** Of one pod. */
  readonly requests: Amounts;
  /** Of one pod; 0 where it has no limit. */
  readonly limits: Amounts;
  /** Persistent storage of all its pods; of one where there is one on each node. */
  readonly storage: Nano;
  /** The volumes that are it, each with its size. */
  readonly volumes: readonly Nano[];
  /** Claims of its namespace that its pods mount and that are objects of their own: no part of `storage`. */
  readonly claims?: readonly string[];
  /** The template of a chart that made it. */
  readonly chart?: string;
  /** The line of the footprint that says it, and whether a program makes it when it runs. */
  readonly line?: { readonly span: Span; readonly atRuntime: boolean };
  /** Key of the request for a service that it is there for. */
  readonly request?: string;
  readonly placement: Placement;
  /** Place that decides an amount: the strongest value layer, else the line that says it. */
  readonly spanOf: (resource: ResourceName | 'replicas') => Span;
}

export function addAmounts(a: Amounts, b: Amounts): Amounts {
  return { cpu: a.cpu + b.cpu, memory: a.memory + b.memory, gpu: a.gpu + b.gpu };
}

export function maxAmounts(a: Amounts, b: Amounts): Amounts {
  const max = (x: Nano, y: Nano): Nano => (x > y ? x : y);
  return { cpu: max(a.cpu, b.cpu), memory: max(a.memory, b.memory), gpu: max(a.gpu, b.gpu) };
}

export function timesAmounts({ cpu, memory, gpu }: Amounts, count: number): Amounts {
  const factor = BigInt(count);
  return { cpu: cpu * factor, memory: memory * factor, gpu: gpu * factor };
}
