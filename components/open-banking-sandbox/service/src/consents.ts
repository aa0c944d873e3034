import { randomUUID } from 'node:crypto';
import type { Redis } from 'iovalkey';
import type { Caller } from './caller.ts';
import { Problem } from './problem.ts';
import { type Consent, change, type Payment, read } from './records.ts';

type Kind = Consent['kind'];

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
  await store.set(keyOf(consent.id), JSON.stringify(consent));
  return consent;
}

/** The person agrees: their token, which they logged in for with this third party, says who they are. */
export async function agree(store: Redis, caller: Caller, kind: Kind, id: string): Promise<Consent> {
  if (!caller.person) throw new Problem(403, 'a person has to log in for this');
  return change<Consent>(store, keyOf(id), (known) => {
    const consent = ofCaller(known, caller, kind);
    if (Date.parse(consent.expires) < Date.now()) throw new Problem(409, 'it has ended');
    if (consent.status !== 'AwaitingAuthorisation') throw new Problem(409, `it is ${consent.status}`);
    return { ...consent, status: 'Authorised', subject: caller.subject };
  });
}

/** Taken back by the third party or by who gave it; it cannot be given again. What was paid with it stays paid. */
export async function takeBack(store: Redis, caller: Caller, kind: Kind, id: string): Promise<void> {
  await change<Consent>(store, keyOf(id), (known) => {
    const consent = ofCaller(known, caller, kind);
    if (consent.status === 'Consumed') throw new Problem(409, 'it is Consumed');
    return { ...consent, status: 'Revoked' };
  });
}

export async function readConsent(store: Redis, caller: Caller, kind: Kind, id: string): Promise<Consent> {
  return ofCaller(await read<Consent>(store, keyOf(id)), caller, kind);
}

/** A consent that counts for what the caller does now. */
export async function holdConsent(store: Redis, caller: Caller, kind: Kind, id: string): Promise<Consent> {
  return counting(await readConsent(store, caller, kind, id), caller);
}

/** Where a consent lies. What is no id of one leads to none. */
export function keyOf(id: string): string {
  if (!/^[-0-9a-f]{36}$/.test(id)) throw new Problem(404, 'there is no such thing');
  return `consent:${id}`;
}

/** A consent of this kind and this third party; a person sees none that somebody else gave. That there is one of another is not said. */
export function ofCaller(consent: Consent | undefined, { client, subject, person }: Caller, kind: Kind): Consent {
  const others = person && consent?.subject !== undefined && consent.subject !== subject;
  if (consent?.client !== client || consent.kind !== kind || others) throw new Problem(404, 'there is no such thing');
  return consent;
}

/** Throws where a consent does not count: it has to be given by the person whose token it is, and not to have ended. */
export function counting(consent: Consent, caller: Caller): Consent {
  if (!caller.person || consent.subject !== caller.subject) throw new Problem(403, 'the consent is not for this');
  if (Date.parse(consent.expires) < Date.now()) throw new Problem(403, 'the consent has ended');
  if (consent.status !== 'Authorised')
    throw new Problem(consent.kind === 'payment' ? 409 : 403, `the consent is ${consent.status}`);
  return consent;
}
