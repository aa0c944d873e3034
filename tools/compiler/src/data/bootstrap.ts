import type { Span } from '@fluxwright/diagnostics';

/** A file of a cluster's folder `bootstrap/`, which a person works with and Flux never applies (docs/decisions/0080). */
export interface BootstrapFile {
  /** From the cluster's output folder: `bootstrap/main.tf.json`. */
  readonly path: string;
  readonly text: string;
  /** The template, or the manifest line that called for it. */
  readonly source: Span;
}

/** What a person hands to a cluster, because no repository may hold it. */
export interface GivenThing {
  /** Who reads it. */
  readonly components: readonly string[];
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  readonly keys: readonly string[];
  /** The command that hands it over; absent where it depends on a store. */
  readonly command?: string;
  readonly span: Span;
}

/** One step from nothing to a cluster that Flux keeps. */
export interface BootstrapStep {
  readonly phase: BootstrapPhase;
  readonly title: string;
  /** Who asks for it; absent for what every cluster does. */
  readonly component?: string;
  readonly because?: string;
  /** Commands in the folder `bootstrap/`; [] where a person does it by hand. */
  readonly run: readonly string[];
  readonly check: string;
  readonly back: string;
}

/** What the other steps take; machines; a cluster of them; what no repository holds; what runs before Flux; Flux; what is done once it runs. In this order. */
export type BootstrapPhase = 'prepare' | 'nodes' | 'cluster' | 'given' | 'install' | 'flux' | 'installed';

/** The way of one cluster, in order. */
export interface BootstrapPlan {
  readonly cluster: string;
  readonly given: readonly GivenThing[];
  readonly steps: readonly BootstrapStep[];
}

/** How a cluster comes to be before Flux keeps it. */
export interface Bootstrap {
  readonly plan: BootstrapPlan;
  /** What is in its folder; [] where a file cannot be made yet. */
  readonly files: readonly BootstrapFile[];
}
