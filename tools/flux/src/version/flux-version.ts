import { fluxMinor } from './flux-minor.ts';

/** A version of Flux 2. */
export interface FluxVersion {
  readonly minor: number;
  /** Absent where only the minor is said. */
  readonly patch?: number;
}

/** 9 and 3 for `2.9.3`, 9 for `2.9`; undefined for what is no Flux 2. */
export function fluxVersion(version: string): FluxVersion | undefined {
  const minor = fluxMinor(version);
  if (minor < 0) return undefined;
  const patch = /^v?2\.\d+\.(\d+)/.exec(version)?.[1];
  return patch === undefined ? { minor } : { minor, patch: Number(patch) };
}
