import type { Diagnostic } from '@fluxwright/diagnostics';
import type { RenderedCluster } from '../rendered-cluster.ts';
import type { ObjectIndex } from './object-index.ts';

/** What a check may look at. Everything is read-only and shared by all checks of a cluster. */
export interface CheckContext {
  readonly rendered: RenderedCluster;
  readonly objects: ObjectIndex;
}

/**
 * One rule about a cluster's objects. It returns what it finds and throws only for bugs. A check that runs an engine
 * returns a promise. Findings need no order and no cluster: {@link validateCluster} adds both.
 */
export type Check = (context: CheckContext) => readonly Diagnostic[] | Promise<readonly Diagnostic[]>;
