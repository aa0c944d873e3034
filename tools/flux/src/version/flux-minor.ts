/** The minor of a Flux 2 version: 9 for `2.9` and `2.9.3`; -1 for what is no Flux 2. */
export function fluxMinor(version: string): number {
  return Number(/^v?2\.(\d+)(?:\.|$)/.exec(version)?.[1] ?? -1);
}
