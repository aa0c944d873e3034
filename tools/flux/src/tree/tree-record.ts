/** What the maker of a tree wrote down with it, since the objects do not say it: the next change is held against that. */
export interface TreeRecord {
  /** Path of an object's file → what is lost with the object. */
  readonly data?: Readonly<Record<string, string>>;
  /** Path of a HelmRelease → workload → size of its volume. */
  readonly volumes?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}
