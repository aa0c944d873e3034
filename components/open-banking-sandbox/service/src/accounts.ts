import type { Redis } from 'iovalkey';
import type { Caller } from './caller.ts';
import { holdConsent } from './consents.ts';
import { Problem } from './problem.ts';
import { type Account, found, read } from './records.ts';

const opened = 100_000;

/** Accounts of a person. Whoever comes first gets two to try with, 1000.00 each: this is a sandbox. */
export async function accountsOf(store: Redis, owner: string): Promise<readonly Account[]> {
  const ids = [`${owner}-1`, `${owner}-2`];
  if ((await read<Account>(store, `account:${ids[0]}`)) === undefined) await open(store, owner, ids);
  return Promise.all(ids.map((id) => found<Account>(store, `account:${id}`)));
}

/** One command, so that nobody sees an account without its money; who comes second finds what the first has made. */
async function open(store: Redis, owner: string, ids: readonly string[]): Promise<void> {
  const before = (await store.incrby('accounts', ids.length)) - ids.length;
  const entries = ids.flatMap((id, place) => {
    const iban = ibanOf(before + place + 1);
    return [
      [`account:${id}`, JSON.stringify({ id, owner, iban, currency: 'EUR' } satisfies Account)],
      [`balance:${iban}`, opened],
    ];
  });
  await store.msetnx(Object.fromEntries(entries));
}

/** With its check digits: ISO 7064, as an IBAN of Germany has it. */
function ibanOf(account: number): string {
  const number = String(account).padStart(18, '0');
  return `DE${String(98n - (BigInt(`${number}131400`) % 97n)).padStart(2, '0')}${number}`;
}

export async function readAccounts(store: Redis, caller: Caller, consent: string) {
  await permitted(store, caller, consent, 'ReadAccounts');
  return accountsOf(store, caller.subject);
}

export async function readBalance(store: Redis, caller: Caller, consent: string, id: string) {
  await permitted(store, caller, consent, 'ReadBalances');
  const { iban, currency } = await ownAccount(store, caller, id);
  return { account: id, cents: Number(await store.get(`balance:${iban}`)), currency };
}

export async function readTransactions(store: Redis, caller: Caller, consent: string, id: string) {
  await permitted(store, caller, consent, 'ReadTransactions');
  const { iban } = await ownAccount(store, caller, id);
  return (await store.lrange(`transactions:${iban}`, 0, 99)).map((text) => JSON.parse(text) as object);
}

async function permitted(store: Redis, caller: Caller, id: string, permission: string): Promise<void> {
  const { permissions } = await holdConsent(store, caller, 'accounts', id);
  if (!permissions.includes(permission)) throw new Problem(403, `the consent does not say ${permission}`);
}

async function ownAccount(store: Redis, { subject }: Caller, id: string): Promise<Account> {
  const account = (await accountsOf(store, subject)).find((each) => each.id === id);
  if (account === undefined) throw new Problem(404, 'there is no such thing');
  return account;
}
