import type { LeaseRecord } from '../lease/lease-record.ts';
import type { ReadOutcome } from '../lease/read-outcome.ts';
import type { Timing } from '../timing.ts';

/** What the guard of a node knows. Times are of its own clock. */
export interface Guard {
  readonly site: string;
  /** The last record it read, and when the look began that saw it first and the latest that saw it. */
  readonly seen?: { readonly record: LeaseRecord; readonly latest: number };
  /** Writes may pass before this time; never, where absent. */
  readonly openUntil?: number;
}

/**
 * A guard after a look at the lease that began at `startedAt`.
 *
 * A beat that it sees is as old as the look before, at most: that one still saw another. So writes may pass until a
 * ttl after *that* look began, which is never after the holder's right ends. Of the first beat a guard sees it cannot
 * know how old it is, and opens for none. A look that failed changes nothing: time closes.
 */
export function guardLooked(guard: Guard, startedAt: number, outcome: ReadOutcome, { ttl }: Timing): Guard {
  if (outcome.is === 'unknown') return guard;
  const { site } = guard;
  if (outcome.is === 'absent') return { site };
  const { record } = outcome.seen;
  const { seen } = guard;
  const mayWrite = record.holder === site && record.writer === site;
  const same = seen !== undefined && seen.record.mark === record.mark;
  const openUntil = !mayWrite
    ? undefined
    : same
      ? guard.openUntil
      : seen?.record.holder === site && seen.record.epoch === record.epoch
        ? seen.latest + ttl
        : undefined;
  return { site, seen: { record, latest: startedAt }, ...(openUntil !== undefined && { openUntil }) };
}

/** Whether writes may pass on this node now. */
export const mayPass = ({ openUntil }: Guard, now: number): boolean => openUntil !== undefined && now < openUntil;
