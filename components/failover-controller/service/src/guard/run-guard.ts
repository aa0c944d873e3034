import type { FenceFile } from '../fence/fence-file.ts';
import type { LeaseStore } from '../lease/read-outcome.ts';
import type { Timing } from '../timing.ts';
import { type Guard, guardLooked, mayPass } from './guard.ts';

export interface GuardParts {
  readonly site: string;
  readonly store: LeaseStore;
  readonly fence: FenceFile;
  readonly timing: Timing;
  /** true: the fence is never set, only told. */
  readonly dryRun: boolean;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  readonly tell: (open: boolean) => void;
}

/**
 * Guards one node: closed from its first moment, it looks at the lease each `every`, and opens and closes the fence.
 * What it returns does one step and is to be called each quarter of a second; a step never throws and waits for nothing.
 */
export function runGuard({ site, store, fence, timing, dryRun, now, tell }: GuardParts): () => void {
  let guard: Guard = { site };
  let looking = false;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let told: boolean | undefined;
  const judge = (): void => {
    const open = mayPass(guard, now());
    if (!dryRun && open) fence.open();
    if (!dryRun && !open) fence.close();
    if (open !== told) tell(open);
    told = open;
  };
  const look = async (): Promise<void> => {
    const startedAt = now();
    lookedAt = startedAt;
    looking = true;
    guard = guardLooked(guard, startedAt, await store.read(), timing);
    looking = false;
  };
  return () => {
    judge();
    if (!looking && now() - lookedAt >= timing.every) void look();
  };
}
