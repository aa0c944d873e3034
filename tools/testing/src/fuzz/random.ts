/** A source of reproducible randomness. */
export interface Random {
  /** A whole number from 0 to `below`, exclusive. */
  below(below: number): number;
  /** One of a list, which is not empty. */
  pick<T>(from: readonly T[]): T;
}

/** The same seed gives the same numbers on every machine (mulberry32, https://gist.github.com/tommyettinger/46a874533244883189143505d203312c). */
export function makeRandom(seed: number): Random {
  let state = seed >>> 0;
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
  return { below, pick: (from) => from[below(from.length)] as (typeof from)[number] };
}
