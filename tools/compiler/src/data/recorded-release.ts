import type { JsonObject } from '@fluxwright/documents';

/** An object of recorded facts, for one cluster. */
export interface RecordedObject {
  /** Its place in the list of the facts. */
  readonly index: number;
  /** What is known of it; its identity alone where the cluster gives something else that it depends on. */
  readonly object: JsonObject;
  readonly isSure: boolean;
}

/** What the facts of a chart tell about its release in one cluster. */
export interface RecordedRelease {
  readonly objects: readonly RecordedObject[];
  /** True where these are all objects of the release, though some may be otherwise than recorded. */
  readonly isWhole: boolean;
  /** What the cluster gives otherwise and objects depend on, as people read it; sorted. */
  readonly differing: readonly string[];
  /** Titles of objects that may be others, also of such as are not recorded; `*` for any. */
  readonly unsure: ReadonlySet<string>;
}
