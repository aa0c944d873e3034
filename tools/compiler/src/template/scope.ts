import type { TrackedValue } from './tracked-value.ts';

/** What names mean at one place of a running template. */
export interface Scope {
  readonly value: TrackedValue;
  /** Scope of `../`. */
  readonly outer?: Scope;
  readonly loop?: Loop;
  readonly parameters: ReadonlyMap<string, TrackedValue>;
}

/** The `@` names of one round of `#each`. */
export interface Loop {
  readonly index: TrackedValue;
  readonly key: TrackedValue;
  readonly first: TrackedValue;
  readonly last: TrackedValue;
  /** Loop of `@../`. */
  readonly outer?: Loop;
}
