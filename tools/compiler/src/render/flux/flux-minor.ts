/**
 * Oldest Flux 2 minor the output is for: GitRepository's sparse checkout and OCIRepository v1 are of 2.6
 * (https://fluxcd.io/blog/2025/05/flux-v2.6.0/).
 */
export const oldestFlux = 6;

/** The minor of a Flux 2 version: 9 for `2.9` and `2.9.3`; -1 for what is no Flux 2. */
export function fluxMinor(version: string): number {
  return Number(/^v?2\.(\d+)(?:\.|$)/.exec(version)?.[1] ?? -1);
}
