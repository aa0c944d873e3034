import type { Redis } from 'iovalkey';
import { Problem } from './problem.ts';

export type Status = 'AwaitingAuthorisation' | 'Authorised' | 'Consumed' | 'Revoked';

/** What a third party may do, with which name it calls. */
export interface ThirdParty {
  readonly client: string;
  readonly name: string;
  readonly roles: readonly ('AISP' | 'PISP')[];
  readonly blocked: boolean;
}

export interface Account {
  readonly id: string;
  readonly owner: string;
  readonly iban: string;
  readonly currency: string;
}

export interface Payment {
  readonly from: string;
  readonly to: string;
  /** In cents, so that sums are exact. */
  readonly cents: number;
  readonly reference: string;
}

export interface Consent {
  readonly id: string;
  readonly kind: 'accounts' | 'payment';
  readonly client: string;
  readonly status: Status;
  /** Who gave it, once somebody has. */
  readonly subject?: string;
  readonly permissions: readonly string[];
  readonly expires: string;
  readonly payment?: Payment;
}

/** One record under its key, as JSON. */
export async function read<T>(store: Redis, key: string): Promise<T | undefined> {
  const text = await store.get(key);
  return text === null ? undefined : JSON.parse(text);
}

export async function found<T>(store: Redis, key: string): Promise<T> {
  const record = await read<T>(store, key);
  if (record === undefined) throw new Problem(404, 'there is no such thing');
  return record;
}

export async function write(store: Redis, key: string, record: object): Promise<void> {
  await store.set(key, JSON.stringify(record));
}
