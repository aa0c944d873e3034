import { randomUUID } from 'node:crypto';
import type { Redis } from 'iovalkey';
import type { Caller } from './caller.ts';
import { Problem } from './problem.ts';
import { type Consent, found, type Payment, write } from './records.ts';

const longest = 90 * 24 * 3_600_000;

/** What may be read with a consent, and what nobody has to ask for. */
export const permissions = ['ReadAccounts', 'ReadBalances', 'ReadTransactions'];

/** A third party says what it wants; it can do nothing with it until a person agrees. */
export async function askForAccounts(store: Redis, { client }: Caller, body: unknown): Promise<Consent> {
  const { permissions: asked, expires } = body as Partial<Consent>;
  if (!Array.isArray(asked) || asked.length === 0 || asked.some((each) => !permissions.includes(each))) {
    throw new Problem(400, `permissions are some of ${permissions.join(', ')}`);
  }
  const until = Date.parse(String(expires));
  if (!(until > Date.now() && until <= Date.now() + longest))
    throw new Problem(400, 'expires lies in the next 90 days');
  return keep(store, { kind: 'accounts', client, permissions: asked, expires: new Date(until).toISOString() });
}

export async function askForPayment(store: Redis, { client }: Caller, body: unknown): Promise<Consent> {
  const { from, to, cents, reference } = body as Partial<Payment>;
  const iban = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/;
  if (!iban.test(from ?? '') || !iban.test(to ?? '') || from === to)
    throw new Problem(400, 'from and to are two IBANs');
  if (!Number.isSafeInteger(cents) || Number(cents) < 1) throw new Problem(400, 'cents is a whole number above 0');
  if (typeof reference !== 'string' || reference.length > 140) throw new Problem(400, 'reference is a text');
  const payment = { from, to, cents, reference } as Payment;
  const expires = new Date(Date.now() + 15 * 60_000).toISOString();
  return keep(store, { kind: 'payment', client, permissions: [], expires, payment });
}

async function keep(store: Redis, parts: Omit<Consent, 'id' | 'status'>): Promise<Consent> {
  const consent: Consent = { id: randomUUID(), status: 'AwaitingAuthorisation', ...parts };
  await write(store, `consent:${consent.id}`, consent);
  return consent;
}

// One script: a consent that was taken back, or given by somebody else, in the meantime is not given again.
const agreeScript = `
local text = redis.call('GET', KEYS[1])
if not text then return 0 end
local consent = cjson.decode(text)
if consent.status ~= 'AwaitingAuthorisation' then return 0 end
redis.call('SET', KEYS[1], ARGV[1])
return 1`;

/** The person agrees: their token, which they logged in for with this third party, says who they are. */
export async function agree(store: Redis, caller: Caller, id: string): Promise<Consent> {
  const consent = await own(store, caller, id);
  if (!caller.person) throw new Problem(403, 'a person has to log in for this');
  if (Date.parse(consent.expires) < Date.now()) throw new Problem(409, 'it has ended');
  const given: Consent = { ...consent, status: 'Authorised', subject: caller.subject };
  if ((await store.eval(agreeScript, 1, `consent:${id}`, JSON.stringify(given))) !== 1) {
    throw new Problem(409, `it is ${consent.status}`);
  }
  return given;
}

/** Taken back by the third party or by who gave it; it cannot be given again. */
export async function takeBack(store: Redis, caller: Caller, id: string): Promise<void> {
  const consent = await own(store, caller, id);
  if (consent.status !== 'Consumed') await write(store, `consent:${id}`, { ...consent, status: 'Revoked' });
}

/** A consent of this third party; that there is one of another is not said. */
export async function own(store: Redis, { client }: Caller, id: string): Promise<Consent> {
  const consent = /^[-0-9a-f]{36}$/.test(id) ? await found<Consent>(store, `consent:${id}`) : undefined;
  if (consent?.client !== client) throw new Problem(404, 'there is no such thing');
  return consent;
}

/** A consent that counts for what the caller does now: given by the person whose token it is, not ended, of this kind. */
export async function holdConsent(store: Redis, caller: Caller, id: string, kind: Consent['kind']): Promise<Consent> {
  const consent = await own(store, caller, id);
  if (consent.kind !== kind || consent.subject !== caller.subject)
    throw new Problem(403, 'the consent is not for this');
  if (Date.parse(consent.expires) < Date.now()) throw new Problem(403, 'the consent has ended');
  if (consent.status !== 'Authorised')
    throw new Problem(kind === 'payment' ? 409 : 403, `the consent is ${consent.status}`);
  return consent;
}
