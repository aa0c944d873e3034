import type { LeaseRecord, SeenRecord } from './lease-record.ts';

/** What came of a read: the record, that there is none, or that nobody knows. */
export type ReadOutcome =
  | { readonly is: 'there'; readonly seen: SeenRecord }
  | { readonly is: 'absent' }
  | { readonly is: 'unknown'; readonly why: string };

/** What came of a conditional write. unknown: it may have arrived, or arrive later. */
export type WriteOutcome =
  | { readonly is: 'written'; readonly etag: string }
  | { readonly is: 'refused' }
  | { readonly is: 'unknown'; readonly why: string };

/** The store of the lease: linearizable, conditional writes (`onto` undefined: only where there is none). */
export interface LeaseStore {
  read(): Promise<ReadOutcome>;
  write(record: LeaseRecord, onto: string | undefined): Promise<WriteOutcome>;
}
