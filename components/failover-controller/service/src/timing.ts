/** How long each step may take; all in milliseconds of a clock that never goes back. */
export interface Timing {
  /** How long a side may take writes after the last beat of its lease. */
  readonly ttl: number;
  /** Between two beats of the holder, and between two looks of the others. */
  readonly every: number;
  /** After it a request to the store is given up. What was sent may still arrive later. */
  readonly request: number;
  /** How much faster or slower than real time a clock may run, as a fraction: 0.01 is one second in 100. */
  readonly drift: number;
  /**
   * From when a side must not take writes any more until none of its nodes does: a guard that hangs is restarted, the
   * policy is written, and Cilium has read it.
   */
  readonly fence: number;
  /** How long the other side must have been silent, and the witnesses been reached, without a break. */
  readonly settle: number;
}

export const defaultTiming: Timing = {
  ttl: 30_000,
  every: 5_000,
  request: 3_000,
  drift: 0.01,
  fence: 45_000,
  settle: 10_000,
};

/**
 * What a clock that may be fast must show until `real` have passed on one that may be slow.
 *
 * Both drift by at most the same fraction, so that the slow one needs real / (1 - drift) and the fast one shows
 * (1 + drift) times that.
 */
export const surely = (real: number, { drift }: Timing): number => Math.ceil((real * (1 + drift)) / (1 - drift));

/** From the first look at a beat until the side that sent it has no right to writes any more. */
export const expiry = (timing: Timing): number => surely(timing.ttl, timing);

/** From then until no node of that side takes writes. */
export const fenced = (timing: Timing): number => surely(timing.fence, timing);

/**
 * The longest time without a writer after a side is lost for good, before Flux has the failover commit: the last
 * look at a beat, expiry, settling, the fence, and one round each for taking the lease and for taking over the writes.
 */
export const takeoverBound = (timing: Timing): number => {
  const round = timing.every + timing.request;
  return Math.ceil((round + expiry(timing) + timing.settle + fenced(timing) + 3 * round) * (1 + timing.drift));
};

/** Why a timing cannot work, or undefined. */
export function timingFault({ ttl, every, request, drift, fence, settle }: Timing): string | undefined {
  if ([ttl, every, request, fence].some((each) => !(each > 0)) || settle < 0) return 'every time must be above zero';
  if (!(drift >= 0 && drift < 0.1)) return 'drift must be from 0 to below 0.1';
  // A guard counts from the look before the beat: two looks, a beat that came late and one that was lost must fit.
  if (ttl < 3 * (every + request))
    return 'ttl must be three times every + request: one lost beat would close the writes';
}
