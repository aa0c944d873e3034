import type { Redis } from 'iovalkey';
import { accountsOf } from './accounts.ts';
import type { Caller } from './caller.ts';
import { counting, keyOf, ofCaller, readConsent } from './consents.ts';
import { Problem } from './problem.ts';
import { type Consent, found, type Payment } from './records.ts';

export interface Paid {
  readonly id: string;
  readonly status: 'AcceptedSettlementCompleted' | 'Rejected';
  readonly reason?: string;
}

// One script: the consent is used up, money leaves one account and comes to the other, and the payment is written down, or none
// of it. What is paid to an IBAN of another bank is gone. All texts are made outside: to Lua an empty list and an empty map are one.
const script = `
local consent, payment, from, to, sent, received = unpack(KEYS)
if redis.call('GET', consent) ~= ARGV[1] then return 0 end
local enough = tonumber(redis.call('GET', from)) >= tonumber(ARGV[3])
redis.call('SET', consent, ARGV[2])
if not enough then
  redis.call('SET', payment, ARGV[5])
  return 1
end
redis.call('DECRBY', from, ARGV[3])
redis.call('LPUSH', sent, ARGV[6])
if redis.call('EXISTS', to) == 1 then
  redis.call('INCRBY', to, ARGV[3])
  redis.call('LPUSH', received, ARGV[7])
end
redis.call('SET', payment, ARGV[4])
return 1`;

/** Pays what a consent says, once: its id is the payment's, so that who asks again is told what came of it. */
export async function pay(store: Redis, caller: Caller, id: string): Promise<Paid> {
  for (;;) {
    const text = (await store.get(keyOf(id))) ?? 'null';
    const consent = ofCaller(JSON.parse(text) ?? undefined, caller, 'payment');
    if (consent.status === 'Consumed') return found<Paid>(store, `payment:${id}`);
    const { payment } = counting(consent, caller);
    if (payment === undefined) throw new Problem(404, 'there is no such thing');
    const accounts = await accountsOf(store, caller.subject);
    if (!accounts.some(({ iban }) => iban === payment.from)) throw new Problem(403, 'the account is not of who agreed');
    // Where it was changed in the meantime, by another pod or whoever took it back, it is looked at anew.
    if ((await settle(store, { consent, text, payment })) === 1) return found<Paid>(store, `payment:${id}`);
  }
}

function settle(
  store: Redis,
  { consent, text, payment }: { consent: Consent; text: string; payment: Payment },
): Promise<unknown> {
  const { from, to, cents, reference } = payment;
  const { id } = consent;
  const texts: readonly object[] = [
    { id, status: 'AcceptedSettlementCompleted' } satisfies Paid,
    { id, status: 'Rejected', reason: 'InsufficientFunds' } satisfies Paid,
    { payment: id, cents: -cents, other: to, reference },
    { payment: id, cents, other: from, reference },
  ];
  const keys = [keyOf(id), `payment:${id}`, `balance:${from}`, `balance:${to}`];
  const lists = [`transactions:${from}`, `transactions:${to}`];
  const consumed = JSON.stringify({ ...consent, status: 'Consumed' } satisfies Consent);
  const all = [...keys, ...lists, text, consumed, cents, ...texts.map((each) => JSON.stringify(each))];
  return store.eval(script, keys.length + lists.length, ...all);
}

export async function readPayment(store: Redis, caller: Caller, id: string): Promise<Paid> {
  await readConsent(store, caller, 'payment', id);
  return found<Paid>(store, `payment:${id}`);
}
