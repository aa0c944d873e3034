import type { Cause } from './order-happenings.ts';
import type { Teardown } from './teardown.ts';
import type { Wake } from './wakes.ts';

/** One FluxKustomization in a simulation. Times are seconds from the start, at most: see {@link Simulation.criticalPath}. */
export interface SimulatedNode {
  readonly key: string;
  /** From 1; those of a wave do not wait for each other. Absent where it never starts. */
  readonly wave?: number;
  readonly dependsOn: readonly string[];
  readonly startsBy?: number;
  readonly readyBy?: number;
}

/** A FluxKustomization or HelmRelease that never becomes ready, and why. */
export interface NeverReady {
  readonly kind: 'Kustomization' | 'HelmRelease';
  readonly key: string;
  readonly cause: Cause;
}

/** What Flux does with a tree. Lists are sorted; keys are `namespace/name`. */
export interface Simulation {
  readonly cluster: string;
  /** What it starts from: an empty cluster, or one that has the previous tree applied. */
  readonly from: 'empty' | 'previous';
  readonly nodes: readonly SimulatedNode[];
  /** In the order they can apply their folders. */
  readonly order: readonly string[];
  readonly waves: readonly (readonly string[])[];
  /** Those that stand beside what runs, as whoever made the tree says: nobody waits for them, and they are in no wave. */
  readonly attached: readonly string[];
  /** Circles of what waits for each other, each told once. */
  readonly deadlocks: readonly (readonly string[])[];
  readonly never: readonly NeverReady[];
  /**
   * The chain that takes longest, what is attached apart, with the seconds each may take: its `timeout`, which is when Flux gives up on it and
   * tries again, where no measured duration is given. How long things really take is known at run time only.
   */
  readonly criticalPath: readonly { readonly key: string; readonly seconds: number }[];
  /** What has work to do when the tree replaces the previous one; [] from empty. */
  readonly wakes: readonly Wake[];
  /** What Helm does with releases whose charts are at hand, by HelmRelease, when the tree replaces the previous one; [] from empty. */
  readonly upgrades: readonly Wake[];
  /** Of what the new tree has no more; from empty, of the whole cluster. */
  readonly teardown: Teardown;
}
