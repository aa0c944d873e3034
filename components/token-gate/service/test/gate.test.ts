import type { AddressInfo } from 'node:net';
import { generateKeyPair } from 'jose';
import { describe, expect, test } from 'vitest';
import { scopeFor } from '../src/allow.ts';
import { calls } from '../src/count-call.ts';
import { findIssuer } from '../src/issuer.ts';
import { makeServer } from '../src/server.ts';
import { readBillingSettings, readSettings, type Settings } from '../src/settings.ts';
import { makeHolder, play, playIssuer } from './played-servers.ts';
import { program, startStore } from './store-server.ts';

const host = 'bank.example.com';
const call = { method: 'GET', url: `https://${host}/accounts/1` };

/** A gate over a real store and a played issuer. */
async function startGate(change: Partial<Settings> = {}) {
  const issuer = await playIssuer();
  const kept = await startStore();
  const settings: Settings = {
    port: 0,
    issuer: issuer.url,
    proofs: true,
    client: { id: 'gate', key: () => issuer.gateKey },
    quota: { calls: 3, seconds: 60 },
    rules: { [host]: { '/accounts': 'accounts', '/payments': 'payments', '/open': '' } },
    store: { host: '127.0.0.1', port: kept.port, db: 0, username: '', password: '' },
    meter: { url: '', source: 'gate', event: 'api-call' },
    ...change,
  };
  const server = makeServer({ settings, issuer: findIssuer(settings), store: kept.store });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const holder = await makeHolder();
  return {
    issuer,
    store: kept.store,
    holder,
    url,
    /** A token that is bound to the holder's key. */
    token: (claims = {}) => issuer.token({ cnf: { jkt: holder.thumbprint }, ...claims }),
    /** Asks as the Gateway does: by the call's own method, path and host. */
    async ask(token: string, { scheme = 'DPoP', method = 'GET', path = '/accounts/1', proof = '' } = {}) {
      const shown = proof || (await holder.proof({ method, url: `https://${host}${path}` }, token));
      const headers = { host, authorization: `${scheme} ${token}`, ...(shown !== 'none' && { dpop: shown }) };
      return request(`${url}/check${path}`, method, headers);
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await kept[Symbol.asyncDispose]();
      await issuer[Symbol.asyncDispose]();
    },
  };
}

/** A proof whose key is none. */
function withoutItsKey(proof: string): string {
  const [header = '', ...rest] = proof.split('.');
  const said = JSON.parse(Buffer.from(header, 'base64url').toString());
  const broken = { ...said, jwk: { ...said.jwk, x: 'AAAA' } };
  return [Buffer.from(JSON.stringify(broken)).toString('base64url'), ...rest].join('.');
}

/** By node:http, since fetch sets the host itself. */
async function request(url: string, method: string, headers: Record<string, string>) {
  const { request } = await import('node:http');
  return new Promise<{ status: number; headers: Record<string, unknown>; body: Record<string, string> }>(
    (done, failed) => {
      const asked = request(url, { method, headers }, async (response) => {
        let text = '';
        for await (const chunk of response) text += chunk;
        done({ status: response.statusCode ?? 0, headers: response.headers, body: JSON.parse(text) });
      });
      asked.once('error', failed);
      asked.end();
    },
  );
}

describe.skipIf(program === undefined)('a gate (skipped without valkey-server or redis-server)', () => {
  test('lets a call through, tells its backend whose it is, and keeps it for the meter', async () => {
    await using gate = await startGate();
    const { status, headers } = await gate.ask(await gate.token());
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'x-token-client': 'tpp-1', 'x-token-subject': 'anna', 'x-quota-left': '2' });
    const [[, fields] = []] = await gate.store.xrange(calls, '-', '+');
    expect(JSON.parse(fields?.[1] ?? '')).toEqual({ client: 'tpp-1', method: 'GET', host, path: '/accounts/1' });
  });

  test('refuses what is no token of the issuer, with a challenge', async () => {
    await using gate = await startGate();
    const { privateKey } = await generateKeyPair('PS256');
    const cnf = { jkt: gate.holder.thumbprint };
    const wrong = {
      'another key': await gate.issuer.token({ cnf }, privateKey),
      'another issuer': await gate.token({ iss: 'https://else.example.com' }),
      'an end that is past': await gate.token({ exp: 1 }),
      'another audience': await gate.token({ aud: 'account' }),
      'no access token': await gate.token({ typ: 'ID' }),
      'no client': await gate.token({ azp: undefined }),
      'a certificate': await gate.token({ cnf: { 'x5t#S256': 'abc' } }),
      'no JWT': 'abc',
    };
    for (const [name, token] of Object.entries(wrong)) {
      const { status, headers, body } = await gate.ask(token);
      expect([name, status, body.error]).toEqual([name, 401, 'invalid_token']);
      expect(headers['www-authenticate']).toContain('DPoP error="invalid_token"');
    }
    expect(await gate.store.xlen(calls)).toBe(0);
  });

  test('refuses a token that is bound to no key, or shown without its key', async () => {
    await using gate = await startGate();
    const token = await gate.token();
    const thief = await makeHolder();
    expect((await gate.ask(await gate.issuer.token({}))).body.error_description).toBe('the token is bound to no key');
    expect((await gate.ask(token, { scheme: 'Bearer' })).status).toBe(401);
    const proofs = {
      'is bound to a key': 'none',
      'another key': await thief.proof(call, token),
      'another call': await gate.holder.proof({ ...call, method: 'POST' }, token),
      'of another call': await gate.holder.proof({ ...call, url: `https://${host}/accounts/2` }, token),
      'another token': await gate.holder.proof(call, 'else'),
      'too old': await gate.holder.proof(call, token, { iat: Math.floor(Date.now() / 1000) - 120 }),
      jti: await gate.holder.proof(call, token, { jti: '' }),
      'cannot be read': withoutItsKey(await gate.holder.proof(call, token)),
    };
    for (const [name, proof] of Object.entries(proofs)) {
      const { status, body } = await gate.ask(token, { proof });
      expect([status, body.error]).toEqual([401, 'invalid_dpop_proof']);
      expect(body.error_description).toContain(name);
    }
  });

  test('takes a proof once, also when it is shown twice at the same time', async () => {
    await using gate = await startGate();
    const token = await gate.token();
    const proof = await gate.holder.proof(call, token);
    const answers = await Promise.all([gate.ask(token, { proof }), gate.ask(token, { proof })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
  });

  test('asks for the scope of the longest path that fits, and closes what is nobody’s', async () => {
    await using gate = await startGate();
    const token = await gate.token();
    expect((await gate.ask(token, { path: '/payments/1' })).body.error_description).toBe(
      'the token has no scope payments',
    );
    expect((await gate.ask(token, { path: '/admin' })).status).toBe(403);
    expect((await gate.ask(token, { path: '/open' })).status).toBe(200);
    const rules = { [host]: { '/': 'all', '/a': 'a', '/a/b': 'b' } };
    expect(scopeFor(rules, { host: `${host}:443`, path: '/a/b/c' })).toBe('b');
    expect(scopeFor(rules, { host, path: '/ab' })).toBe('all');
    expect(scopeFor(rules, { host: 'else', path: '/a' })).toBeUndefined();
  });

  test('asks the issuer, signing as its client, whether a token was taken back, before anything changes', async () => {
    await using gate = await startGate();
    const token = await gate.token({ scope: 'payments' });
    expect((await gate.ask(token, { method: 'POST', path: '/payments' })).status).toBe(200);
    const { text = '' } = gate.issuer.seen.find(({ path }) => path === '/introspect') ?? {};
    expect((await gate.issuer.assertion(text)).payload).toMatchObject({
      iss: 'gate',
      sub: 'gate',
      aud: gate.issuer.url,
    });
    gate.issuer.takenBack.add(token);
    expect((await gate.ask(token, { method: 'POST', path: '/payments' })).body.error).toBe('invalid_token');
  });

  test('counts all calls of a client together, and none beyond the quota, however many come at once', async () => {
    await using gate = await startGate({ quota: { calls: 5, seconds: 60 } });
    const token = await gate.token();
    const answers = await Promise.all(Array.from({ length: 12 }, () => gate.ask(token)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(5);
    const late = answers.find(({ status }) => status === 429);
    expect(Number(late?.headers['retry-after'])).toBeGreaterThan(50);
    expect(await gate.store.xlen(calls)).toBe(5);
    expect((await gate.ask(await gate.token({ azp: 'tpp-2' }))).status).toBe(200);
  });

  test('begins anew when the time of the quota is over', async () => {
    await using gate = await startGate({ quota: { calls: 1, seconds: 1 } });
    const token = await gate.token();
    expect((await gate.ask(token)).status).toBe(200);
    expect((await gate.ask(token)).status).toBe(429);
    await new Promise((wake) => setTimeout(wake, 1_100));
    expect((await gate.ask(token)).status).toBe(200);
  });

  test('lets nobody through while issuer or store are away', async () => {
    await using away = await play({});
    await using gate = await startGate({ issuer: away.url });
    expect((await gate.ask(await gate.token())).status).toBe(503);
    // What is no token is refused all the same.
    expect((await gate.ask('abc')).status).toBe(401);
    await using keyless = await play({
      '/.well-known/openid-configuration': () => ({ jwks_uri: `${keyless.url}/keys` }),
      '/keys': () => ({ keys: 'none' }),
    });
    await using third = await startGate({ issuer: keyless.url });
    expect((await third.ask(await third.token({ iss: keyless.url }))).status).toBe(503);
    await using other = await startGate();
    const token = await other.token();
    await other.store.call('SHUTDOWN', 'NOSAVE').catch(() => {});
    other.store.options.maxRetriesPerRequest = 0;
    expect((await other.ask(token)).status).toBe(503);
  });

  test('shows its public key, and nothing else without being asked by the Gateway', async () => {
    await using gate = await startGate();
    const keys = await request(`${gate.url}/keys`, 'GET', {});
    expect(keys.body.keys?.[0]).toMatchObject({ kid: 'gate', kty: 'RSA', alg: 'PS256' });
    expect(JSON.stringify(keys.body)).not.toContain('"d"');
    expect((await request(`${gate.url}/accounts`, 'GET', { host })).status).toBe(404);
  });
});

test('says which error the issuer answers, and nothing else of what it says', async () => {
  await using issuer = await play({
    '/.well-known/openid-configuration': () => ({ introspection_endpoint: `${issuer.url}/introspect` }),
    '/introspect': () => new Error('{"error":"invalid_client","error_description":"of the token abc"}'),
  });
  const { gateKey } = await playIssuer();
  const asked = findIssuer({ issuer: issuer.url, client: { id: 'gate', key: () => gateKey } });
  await expect(asked.isActive('abc')).rejects.toThrow(/introspect answers 422: invalid_client$/);
});

describe('settings', () => {
  test('are said where they are missing, all of them', () => {
    expect(() => readSettings({ PORT: 'x' })).toThrow(/PORT \(a whole number\).*ISSUER.*METER_EVENT/);
  });

  test('of bills are four, and none of a client or a store', () => {
    expect(() => readBillingSettings({})).toThrow(/^not set: METER_URL, BILLING_URL, BILLING_API_KEY, BILLING_METER$/);
  });

  test('have the scopes of all routes of a host', () => {
    const rules = '[["a.example.com", {"/x": "x"}], ["a.example.com", {"/y": "y"}], ["", {}]]';
    const names = [
      'CLIENT_KEY_FILE',
      'ISSUER',
      'CLIENT_ID',
      'STORE_HOST',
      'STORE_USERNAME',
      'STORE_PASSWORD',
      'METER_URL',
    ];
    const counts = ['PORT', 'QUOTA_CALLS', 'QUOTA_SECONDS', 'STORE_PORT', 'STORE_DATABASE'];
    const environment = {
      ...Object.fromEntries([...names, 'METER_SOURCE', 'METER_EVENT', 'PROOFS'].map((name) => [name, 'x'])),
      ...Object.fromEntries(counts.map((name) => [name, '1'])),
      RULES: rules,
    };
    expect(readSettings(environment).rules).toEqual({ 'a.example.com': { '/x': 'x', '/y': 'y' }, '': {} });
  });
});
