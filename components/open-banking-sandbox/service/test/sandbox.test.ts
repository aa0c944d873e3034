import type { AddressInfo } from 'node:net';
import { type Expected, issuerKeys } from '@fluxwright/token-gate-service';
import { createLocalJWKSet, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { describe, expect, test, vi } from 'vitest';
import { makeHolder, play } from '../../../token-gate/service/test/played-servers.ts';
import { program, startStore } from '../../../token-gate/service/test/store-server.ts';
import { callerFinder } from '../src/caller.ts';
import { makeServer } from '../src/server.ts';

const issuer = 'https://login.example.com/realms/bank';
const { privateKey, publicKey } = await generateKeyPair('ES256');
const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), alg: 'ES256' }] });

const sign = (claims: JWTPayload) =>
  new SignJWT({ azp: 'tpp-1', aud: 'gate', typ: 'DPoP', ...claims })
    .setProtectedHeader({ alg: 'ES256' })
    .setIssuer(issuer)
    .setExpirationTime('2m')
    .sign(privateKey);

/** Tokens as Keycloak makes them (played): of the program itself, of a person by it, and of the bank's own staff. */
const tokens = {
  program: await sign({ sub: 'p', preferred_username: 'service-account-tpp-1', scope: 'accounts payments' }),
  anna: await sign({ sub: 'anna', preferred_username: 'anna', scope: 'accounts payments' }),
  bert: await sign({ sub: 'bert', preferred_username: 'bert', scope: 'accounts payments' }),
  other: await sign({ azp: 'tpp-2', sub: 'anna', preferred_username: 'anna', scope: 'accounts payments' }),
  staff: await sign({ azp: 'bank', sub: 's', preferred_username: 'service-account-bank', scope: 'tpps' }),
};

async function startBank(from: Expected['keys'] = keys) {
  const kept = await startStore();
  const server = makeServer({ store: kept.store, findCaller: callerFinder({ issuer, audience: 'gate', keys: from }) });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const ask = async (who: keyof typeof tokens, call: string, body?: object, consent = '') => {
    const [method = 'GET', path = ''] = call.split(' ');
    const headers = { authorization: `DPoP ${tokens[who]}`, 'x-consent': consent };
    const response = await fetch(`${url}${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  };
  await ask('staff', 'POST /tpps', { client: 'tpp-1', name: 'Budget', roles: ['AISP', 'PISP'] });
  return {
    ask,
    store: kept.store,
    url,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await kept[Symbol.asyncDispose]();
    },
  };
}

type Bank = Awaited<ReturnType<typeof startBank>>;
const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
const all = ['ReadAccounts', 'ReadBalances', 'ReadTransactions'];

async function agreed({ ask }: Bank, permissions = all): Promise<string> {
  const { body } = await ask('program', 'POST /account-consents', { permissions, expires: tomorrow });
  await ask('anna', `POST /account-consents/${body.id}/authorise`);
  return body.id;
}

async function payable(bank: Bank, cents: number) {
  const consent = await agreed(bank);
  const [from, to] = (await bank.ask('anna', 'GET /accounts', undefined, consent)).body;
  const asked = { from: from.iban, to: to.iban, cents, reference: 'Rent' };
  const { body } = await bank.ask('program', 'POST /payment-consents', asked);
  return { consent, from, to, payment: body.id as string };
}

describe.skipIf(program === undefined)('a sandbox (skipped without valkey-server or redis-server)', () => {
  test('shows accounts to a third party once the person has agreed, and only what they agreed to', async () => {
    await using bank = await startBank();
    const { status, body } = await bank.ask('program', 'POST /account-consents', {
      permissions: ['ReadAccounts'],
      expires: tomorrow,
    });
    expect([status, body.status]).toEqual([201, 'AwaitingAuthorisation']);
    expect((await bank.ask('anna', 'GET /accounts', undefined, body.id)).status).toBe(403);
    expect((await bank.ask('anna', `POST /account-consents/${body.id}/authorise`)).body.status).toBe('Authorised');
    const accounts = await bank.ask('anna', 'GET /accounts', undefined, body.id);
    expect(accounts.body.map((each: { iban: string }) => each.iban.slice(0, 2))).toEqual(['DE', 'DE']);
    const balance = await bank.ask('anna', 'GET /accounts/anna-1/balance', undefined, body.id);
    expect(balance.body.error).toBe('the consent does not say ReadBalances');
  });

  test('takes no consent of a program, of another person, or for another third party', async () => {
    await using bank = await startBank();
    const consent = await agreed(bank);
    const { body } = await bank.ask('program', 'POST /account-consents', { permissions: all, expires: tomorrow });
    expect((await bank.ask('program', `POST /account-consents/${body.id}/authorise`)).status).toBe(403);
    expect((await bank.ask('anna', `POST /account-consents/${consent}/authorise`)).status).toBe(409);
    for (const call of [`GET /account-consents/${consent}`, `DELETE /account-consents/${consent}`, 'GET /accounts'])
      expect((await bank.ask('bert', call, undefined, consent)).status).toBe(404);
    expect((await bank.ask('program', 'GET /accounts', undefined, consent)).status).toBe(403);
    expect((await bank.ask('other', `GET /account-consents/${consent}`)).status).toBe(403);
    await bank.ask('staff', 'POST /tpps', { client: 'tpp-2', name: 'Else', roles: ['AISP'] });
    expect((await bank.ask('other', `GET /account-consents/${consent}`)).status).toBe(404);
    expect((await bank.ask('anna', 'GET /accounts/bert-1/balance', undefined, consent)).status).toBe(404);
  });

  test('knows a consent below the path of its kind only, and a payment of who agreed to it', async () => {
    await using bank = await startBank();
    const { consent, payment } = await payable(bank, 100);
    for (const wrong of [`payment-consents/${consent}`, `account-consents/${payment}`]) {
      const calls = [`GET /${wrong}`, `POST /${wrong}/authorise`, `DELETE /${wrong}`];
      for (const call of calls) expect([call, (await bank.ask('anna', call)).status]).toEqual([call, 404]);
    }
    await bank.ask('anna', `POST /payment-consents/${payment}/authorise`);
    expect((await bank.ask('anna', 'GET /accounts', undefined, payment)).status).toBe(404);
    expect((await bank.ask('anna', `POST /payments/${payment}`)).status).toBe(201);
    expect((await bank.ask('bert', `GET /payments/${payment}`)).status).toBe(404);
    expect((await bank.ask('anna', `GET /payments/${payment}`)).status).toBe(200);
  });

  /** Does something between the moment a call has read a consent and the moment it writes it. */
  function between(store: Bank['store'], act: () => Promise<unknown>) {
    const evaluate = store.eval.bind(store);
    vi.spyOn(store, 'eval').mockImplementationOnce(async (...asked: Parameters<typeof store.eval>) => {
      await act();
      return evaluate(...asked);
    });
  }

  test('loses nothing of what two do with a consent at the same time', async () => {
    await using bank = await startBank();
    const { payment } = await payable(bank, 100);
    const path = `/payment-consents/${payment}`;
    await bank.ask('anna', `POST ${path}/authorise`);
    between(bank.store, () => bank.ask('anna', `POST /payments/${payment}`));
    const late = await bank.ask('program', `DELETE ${path}`);
    expect([late.status, late.body.error]).toEqual([409, 'it is Consumed']);
    expect((await bank.ask('program', `GET ${path}`)).body).toMatchObject({ status: 'Consumed', permissions: [] });

    const { payment: second } = await payable(bank, 100);
    between(bank.store, () => bank.ask('program', `DELETE /payment-consents/${second}`));
    const given = await bank.ask('anna', `POST /payment-consents/${second}/authorise`);
    expect([given.status, given.body.error]).toEqual([409, 'it is Revoked']);

    const { payment: third } = await payable(bank, 100);
    await bank.ask('anna', `POST /payment-consents/${third}/authorise`);
    between(bank.store, () => bank.ask('program', `DELETE /payment-consents/${third}`));
    expect((await bank.ask('anna', `POST /payments/${third}`)).body.error).toBe('the consent is Revoked');
  });

  test('shows no account without its money, however many come first at once', async () => {
    await using bank = await startBank();
    const consent = await agreed(bank);
    const calls = Array.from({ length: 30 }, (_, each) => `GET /accounts/anna-${(each % 2) + 1}/balance`);
    const balances = await Promise.all(calls.map((call) => bank.ask('anna', call, undefined, consent)));
    expect(new Set(balances.map(({ status, body }) => `${status} ${body.cents}`))).toEqual(new Set(['200 100000']));
    expect(await bank.store.keys('balance:*')).toHaveLength(2);
  });

  test('ends what was taken back, and what is over', async () => {
    await using bank = await startBank();
    const consent = await agreed(bank);
    expect((await bank.ask('program', `DELETE /account-consents/${consent}`)).status).toBe(204);
    expect((await bank.ask('anna', 'GET /accounts', undefined, consent)).body.error).toBe('the consent is Revoked');
    expect((await bank.ask('anna', `POST /account-consents/${consent}/authorise`)).status).toBe(409);
    const other = await agreed(bank);
    const kept = JSON.parse((await bank.store.get(`consent:${other}`)) ?? '');
    await bank.store.set(`consent:${other}`, JSON.stringify({ ...kept, expires: '2020-01-01T00:00:00Z' }));
    expect((await bank.ask('anna', 'GET /accounts', undefined, other)).body.error).toBe('the consent has ended');
  });

  test('pays once what a person agreed to, however often it is asked for', async () => {
    await using bank = await startBank();
    const { consent, payment } = await payable(bank, 12_345);
    expect((await bank.ask('anna', `POST /payments/${payment}`)).status).toBe(403);
    await bank.ask('anna', `POST /payment-consents/${payment}/authorise`);
    const answers = await Promise.all(Array.from({ length: 5 }, () => bank.ask('anna', `POST /payments/${payment}`)));
    expect(answers.map(({ status, body }) => [status, body.status])).toEqual(
      Array.from({ length: 5 }, () => [201, 'AcceptedSettlementCompleted']),
    );
    const balances = await Promise.all(
      ['anna-1', 'anna-2'].map((id) => bank.ask('anna', `GET /accounts/${id}/balance`, undefined, consent)),
    );
    expect(balances.map(({ body }) => body.cents)).toEqual([87_655, 112_345]);
    const { body } = await bank.ask('anna', 'GET /accounts/anna-2/transactions', undefined, consent);
    expect(body).toMatchObject([{ payment, cents: 12_345, reference: 'Rent' }]);
    expect((await bank.ask('program', `GET /payments/${payment}`)).body.status).toBe('AcceptedSettlementCompleted');
  });

  test('rejects a payment without money, and one from an account of somebody else', async () => {
    await using bank = await startBank();
    const { payment, from, to } = await payable(bank, 200_000);
    await bank.ask('anna', `POST /payment-consents/${payment}/authorise`);
    expect((await bank.ask('anna', `POST /payments/${payment}`)).body).toMatchObject({
      status: 'Rejected',
      reason: 'InsufficientFunds',
    });
    const asked = { from: from.iban, to: to.iban, cents: 1, reference: '' };
    const { body } = await bank.ask('program', 'POST /payment-consents', asked);
    await bank.ask('bert', `POST /payment-consents/${body.id}/authorise`);
    expect((await bank.ask('bert', `POST /payments/${body.id}`)).body.error).toBe('the account is not of who agreed');
  });

  test('knows third parties by their roles, and nothing of those that are blocked', async () => {
    await using bank = await startBank();
    const consent = await agreed(bank);
    expect((await bank.ask('anna', 'GET /tpps')).status).toBe(403);
    expect((await bank.ask('staff', 'POST /tpps/tpp-1/block')).body.blocked).toBe(true);
    const again = { client: 'tpp-1', name: 'Budget', roles: ['AISP', 'PISP'] };
    expect((await bank.ask('staff', 'POST /tpps', again)).body.blocked).toBe(true);
    expect((await bank.ask('anna', 'GET /accounts', undefined, consent)).body.error).toBe('tpp-1 is no AISP here');
    await bank.ask('staff', 'DELETE /tpps/tpp-1/block');
    expect((await bank.ask('anna', 'GET /accounts', undefined, consent)).status).toBe(200);
    await bank.ask('staff', 'POST /tpps', { client: 'tpp-2', name: 'Else', roles: ['AISP'] });
    expect((await bank.ask('other', 'POST /payment-consents', {})).body.error).toBe('tpp-2 is no PISP here');
    expect((await bank.ask('staff', 'GET /tpps')).body).toHaveLength(2);
  });

  test.each([
    ['POST /account-consents', { permissions: ['All'], expires: tomorrow }, 'permissions are some of'],
    ['POST /account-consents', { permissions: all, expires: '2999-01-01' }, 'expires lies in the next 90 days'],
    ['POST /payment-consents', { from: 'DE1', to: 'DE2', cents: 1, reference: '' }, 'two IBANs'],
    [
      'POST /payment-consents',
      { from: 'DE02120300000000202051', to: 'DE02500105170137075030', cents: 0.5, reference: '' },
      'cents is a whole number',
    ],
    ['POST /payments/..', {}, 'no such'],
  ])('refuses %s %o', async (call, body, message) => {
    await using bank = await startBank();
    const answer = await bank.ask('program', call, body);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.body.error).toContain(message);
  });

  test('asks for an access token of the issuer that is for the gate and ends', async () => {
    await using bank = await startBank();
    const scope = 'accounts payments';
    const wrong = {
      'another key': await sign({ sub: 'a', scope }).then((token) => `${token.slice(0, -4)}AAAA`),
      'another audience': await sign({ sub: 'a', scope, aud: 'account' }),
      'no end': await new SignJWT({ azp: 'tpp-1', aud: 'gate', sub: 'a', scope })
        .setProtectedHeader({ alg: 'ES256' })
        .setIssuer(issuer)
        .sign(privateKey),
      'no access token': await sign({ sub: 'a', scope, typ: 'Logout' }),
      'a certificate': await sign({ sub: 'a', scope, cnf: { 'x5t#S256': 'abc' } }),
      'no JWT': 'abc',
    };
    for (const [name, token] of Object.entries(wrong)) {
      const { status } = await fetch(`${bank.url}/accounts`, { headers: { authorization: `DPoP ${token}` } });
      expect([name, status]).toEqual([name, 401]);
    }
  });

  test('asks for a proof of the key that a token is bound to', async () => {
    await using bank = await startBank();
    const consent = await agreed(bank);
    const holder = await makeHolder();
    const token = await sign({
      sub: 'anna',
      preferred_username: 'anna',
      scope: 'accounts',
      cnf: { jkt: holder.thumbprint },
    });
    const { host } = new URL(bank.url);
    const dpop = await holder.proof({ method: 'GET', url: `https://${host}/accounts` }, token);
    const read = async (headers: Record<string, string>) =>
      (await fetch(`${bank.url}/accounts`, { headers: { 'x-consent': consent, ...headers } })).status;
    expect(await read({ authorization: `DPoP ${token}` })).toBe(401);
    expect(await read({ authorization: `Bearer ${token}`, dpop })).toBe(401);
    expect(await read({ authorization: `DPoP ${token}`, dpop })).toBe(200);
  });

  test('says that something does not answer where keys cannot be fetched, not that a token is wrong', async () => {
    await using away = await play({});
    await using bank = await startBank(issuerKeys(away.url));
    expect((await bank.ask('anna', 'GET /accounts')).status).toBe(503);
  });
});
