import type { Redis } from 'iovalkey';
import { accountsOf } from './accounts.ts';
import type { Caller } from './caller.ts';
import { holdConsent, own } from './consents.ts';
import { Problem } from './problem.ts';
import { found } from './records.ts';

export interface Paid {
  readonly id: string;
  readonly client: string;
  readonly status: 'AcceptedSettlementCompleted' | 'Rejected';
  readonly reason?: string;
}

// One script: the consent is used up, money leaves one account and comes to the other, and the payment is written down, or none
// of it. What is paid to an IBAN of another bank is gone.
const script = `
local consent = cjson.decode(redis.call('GET', KEYS[1]))
if consent.status ~= 'Authorised' then return consent.status end
local payment = consent.payment
consent.status = 'Consumed'
redis.call('SET', KEYS[1], cjson.encode(consent))
local from, to = 'balance:' .. payment.from, 'balance:' .. payment.to
local paid = cjson.decode(ARGV[1])
if tonumber(redis.call('GET', from)) < payment.cents then
  paid.status = 'Rejected'
  paid.reason = 'InsufficientFunds'
else
  paid.status = 'AcceptedSettlementCompleted'
  redis.call('DECRBY', from, payment.cents)
  redis.call('LPUSH', 'transactions:' .. payment.from, cjson.encode({payment = paid.id, cents = -payment.cents, other = payment.to, reference = payment.reference}))
  if redis.call('EXISTS', to) == 1 then
    redis.call('INCRBY', to, payment.cents)
    redis.call('LPUSH', 'transactions:' .. payment.to, cjson.encode({payment = paid.id, cents = payment.cents, other = payment.from, reference = payment.reference}))
  end
end
redis.call('SET', KEYS[2], cjson.encode(paid))
return 'done'`;

/** Pays what a consent says, once: its id is the payment's, so that who asks again is told what came of it. */
export async function pay(store: Redis, caller: Caller, consentId: string): Promise<Paid> {
  const known = await own(store, caller, consentId);
  if (known.status === 'Consumed') return readPayment(store, caller, consentId);
  const { payment } = await holdConsent(store, caller, consentId, 'payment');
  const accounts = await accountsOf(store, caller.subject);
  if (!accounts.some(({ iban }) => iban === payment?.from)) throw new Problem(403, 'the account is not of who agreed');
  const first = { id: consentId, client: caller.client };
  const keys = [`consent:${consentId}`, `payment:${consentId}`];
  const came = await store.eval(script, 2, ...keys, JSON.stringify(first));
  // Another pod was first, or it was taken back.
  if (came !== 'done' && came !== 'Consumed') throw new Problem(409, `the consent is ${came}`);
  return readPayment(store, caller, consentId);
}

export async function readPayment(store: Redis, { client }: Caller, id: string): Promise<Paid> {
  const paid = await found<Paid>(store, `payment:${id}`);
  if (paid.client !== client) throw new Problem(404, 'there is no such thing');
  return paid;
}
