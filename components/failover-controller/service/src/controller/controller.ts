import type { LeaseRecord, SeenRecord } from '../lease/lease-record.ts';

/**
 * What the tree that Flux has applied makes of a side: `leaving` where it was primary and hands over
 * (spec.disasterRecovery.switching).
 */
export type Role = 'primary' | 'standby' | 'leaving';

/** What a controller looks at besides the lease. */
export interface Surroundings {
  /** undefined: not known, and nothing is done that depends on it. */
  readonly role?: Role;
  /** Whether the home repository has a failover commit that continues what main is. */
  readonly failoverReady: boolean;
  /** Witnesses that answered with what they always answer. */
  readonly witnesses: { readonly reached: number; readonly quorum: number };
  /** A person's word (docs/runbooks): hold stops what it would do by itself, takeover asks for no silence of the other side. */
  readonly override?: 'hold' | 'takeover';
}

/** What the controller of a side knows. Times are of its own clock. */
export interface Controller {
  readonly site: string;
  /** Differs in each process, so that marks do. */
  readonly process: string;
  /** Writes that it made. */
  readonly writes: number;
  /** The record as last read or written, since when it is so to our knowledge, and when we last knew. */
  readonly seen?: SeenRecord & { readonly since: number; readonly latest: number };
  /** Nobody has ever taken the lease, as far as the last look says. */
  readonly absent?: boolean;
  /** When its last beat was sent. */
  readonly beatAt?: number;
  /** Since when all that a failover asks for holds without a break. */
  readonly quietSince?: number;
  /** Having taken the lease from another writer: when that side takes no more writes. */
  readonly waitUntil?: number;
}

/** What a controller wants done next. Each is asked for again until what it looks at says that it is done. */
export type Act =
  | { readonly do: 'read' }
  | {
      readonly do: 'write';
      readonly record: LeaseRecord;
      /** undefined: only where there is none. */
      readonly onto: string | undefined;
      readonly why: 'first' | 'beat' | 'resume' | 'take' | 'open' | 'release';
    }
  | { readonly do: 'fast-forward'; readonly epoch: number };
