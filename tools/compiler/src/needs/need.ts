import type { Span } from '@fluxwright/diagnostics';
import type { JsonPath } from '@fluxwright/documents';
import type { ObjectId } from '@fluxwright/kubernetes';
import type { StageId } from '@fluxwright/model';
import type { Resource } from '../data/rendered-cluster.ts';

/** A key of a Secret or ConfigMap that is read. */
export interface NeededKey {
  readonly text: string;
  /** The value of the object that names it; [] where none does. */
  readonly path: JsonPath;
}

/** What the provider of a service has told its consumer. */
export interface ServicePromise {
  readonly provider: string;
  readonly kind: string;
  /** Of the request. */
  readonly key: string;
  /** The line of the output. */
  readonly said: Span;
  /** The line of the request. */
  readonly asked: Span;
}

/** Something that a stage needs in the cluster. */
export interface Need {
  readonly stage: StageId;
  readonly id: ObjectId;
  /** Further names that would do: of a definition whose plural is not known. */
  readonly otherNames?: readonly string[];
  /** The keys of a Secret or ConfigMap that are read. */
  readonly keys?: readonly NeededKey[];
  /** The object that needs it, and where; absent where a manifest says so. */
  readonly resource?: Resource;
  readonly at: JsonPath;
  /** The line of the manifest that says so, where none of an object does. */
  readonly declared?: Span;
  /** True where the API server refuses the object as long as the thing is not there: also within a stage. */
  readonly atOnce: boolean;
  /** True where the thing must be there before; false where some time is enough. */
  readonly order: boolean;
  /** True where nothing is wrong when nobody provides it. */
  readonly optional: boolean;
  /** Set where the provider of a service has told its consumer of the thing. */
  readonly promise?: ServicePromise;
  /** True where a text names it by its address: the same address in several places is one need. */
  readonly isAddress?: true;
}

/** The line that a need stands in. */
export function needSpan({ declared, resource, at }: Need): Span {
  return declared ?? resource?.origin.trace(at).span ?? { file: '' };
}
