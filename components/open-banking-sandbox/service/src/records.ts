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
  return there(await read<T>(store, key));
}

export function there<T>(record: T | undefined): T {
  if (record === undefined) throw new Problem(404, 'there is no such thing');
  return record;
}

const swap = `
if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2])
return 1`;

/**
 * Changes a record to what `change` makes of it, which is told undefined where there is none. Where somebody else changed it in the
 * meantime it is made anew of what they left, so that nothing of theirs is lost. A change that must not be throws.
 */
export async function change<T extends object>(
  store: Redis,
  key: string,
  change: (record: T | undefined) => T,
): Promise<T> {
  for (;;) {
    const text = (await store.get(key)) ?? '';
    const next = change(text === '' ? undefined : JSON.parse(text));
    if ((await store.eval(swap, 1, key, text, JSON.stringify(next))) === 1) return next;
  }
}
