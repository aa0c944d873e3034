import type { Diagnostic } from '@fluxwright/diagnostics';
import type { RenderedCluster, Resource } from '../data/rendered-cluster.ts';
import type { Engines } from '../engines/engines.ts';
import type { SchemaEngine } from '../engines/schema-engine.ts';
import type { ObjectIndex } from './object-index.ts';

/** What a check may look at. Everything is read-only and shared by all checks of a cluster. */
export interface CheckContext {
  readonly rendered: RenderedCluster;
  readonly objects: ObjectIndex;
  /** The objects of the tree, then those that Helm will make of the charts at hand. */
  readonly applied: readonly Resource[];
}

/**
 * One rule about a cluster's objects. It returns what it finds and throws only for bugs. Findings need no order and no
 * cluster: {@link validateCluster} adds both.
 */
export type Check = (context: CheckContext) => readonly Diagnostic[];

/** What a proof has besides: the engines. */
export interface ProofContext extends CheckContext {
  /** kubeconform, for the cluster's own Kubernetes. */
  readonly schemas: SchemaEngine;
  readonly engines: Engines;
}
