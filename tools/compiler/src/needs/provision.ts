import type { Span } from '@fluxwright/diagnostics';
import type { JsonPath } from '@fluxwright/documents';
import type { ObjectId } from '@fluxwright/kubernetes';
import type { StageId } from '@fluxwright/model';
import type { Resource } from '../data/rendered-cluster.ts';

/** Something that is in the cluster, and from when on. */
export interface Provision {
  readonly id: ObjectId;
  /** The stage after which it is there; absent for what the cluster is given, or has by itself. */
  readonly stage?: StageId;
  /** Keys of a Secret or ConfigMap; absent where they are not known. */
  readonly keys?: ReadonlySet<string>;
  /** The line of the manifest that says so, where none of an object does. */
  readonly declared?: Span;
  /** The object of the tree: the thing itself where `isObject`, else the one it is made for. */
  readonly resource?: Resource;
  /** The value of that object that names it. */
  readonly at?: JsonPath;
  /** True where Flux applies the thing itself, so that its own order within a stage holds for it. */
  readonly isObject?: true;
}

/** Where it is said that something is there. */
export type ProvisionPlace = Pick<Provision, 'declared' | 'resource' | 'at'>;

/** The line that a provision stands in. */
export function provisionSpan({ declared, resource, at = [] }: ProvisionPlace): Span {
  return declared ?? resource?.origin.trace(at).span ?? { file: '' };
}
