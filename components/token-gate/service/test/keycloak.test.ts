import { generateKeyPairSync, randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { findIssuer, publicKeys } from '../src/issuer.ts';
import { makeServer } from '../src/server.ts';
import type { Settings } from '../src/settings.ts';
import { makeHolder } from './played-servers.ts';
import { program, startStore } from './store-server.ts';

// Against a real Keycloak with the realm of Fingate (KEYCLOAK_URL, and KEYCLOAK_SECRET of its client services): the scripts of
// components/keycloak make the realm bank. Skipped where there is none, as in CI: a server takes minutes to start.

const url = process.env.KEYCLOAK_URL ?? '';
const realm = process.env.KEYCLOAK_REALM ?? 'bank';
const issuer = `${url}/realms/${realm}`;
const host = 'bank.example.com';

async function administer(path: string, body: object): Promise<Response> {
  const form = {
    grant_type: 'client_credentials',
    client_id: 'services',
    client_secret: process.env.KEYCLOAK_SECRET ?? '',
  };
  const login = await fetch(`${url}/realms/master/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  const { access_token } = (await login.json()) as { access_token: string };
  const headers = { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' };
  return fetch(`${url}/admin/realms/${realm}/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
}

/** As the Job of an oidc-client makes it, but with its keys in Keycloak: nothing serves them here. */
async function makeClient(clientId: string, keys: object): Promise<void> {
  const made = await administer('clients', {
    clientId,
    enabled: true,
    publicClient: false,
    clientAuthenticatorType: 'client-jwt',
    redirectUris: [],
    standardFlowEnabled: false,
    serviceAccountsEnabled: true,
    implicitFlowEnabled: false,
    directAccessGrantsEnabled: false,
    fullScopeAllowed: false,
    attributes: { 'use.jwks.string': 'true', 'jwks.string': JSON.stringify(keys) },
  });
  expect([clientId, made.status, await made.text()]).toEqual([clientId, 201, '']);
}

describe.skipIf(url === '' || program === undefined)('with a real Keycloak (skipped without KEYCLOAK_URL)', () => {
  test('a third party that signs gets a token bound to its key, which comes through, until it is taken back', async () => {
    const { privateKey, publicKey } = await generateKeyPair('PS256');
    const gateKey = String(
      generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }),
    );
    // What the scopes of the realm say tokens are for.
    const [party, gate] = [`tpp-${randomUUID()}`, 'token-gate-issuer'];
    await makeClient(party, { keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'PS256', use: 'sig' }] });
    await makeClient(gate, await publicKeys({ id: gate, key: () => gateKey }));

    await using kept = await startStore();
    const settings: Settings = {
      port: 0,
      issuer,
      proofs: true,
      client: { id: gate, key: () => gateKey },
      quota: { calls: 3, seconds: 60 },
      rules: { [host]: { '/accounts': 'accounts', '/payments': 'payments', '/tpps': 'tpps' } },
      store: { host: '127.0.0.1', port: kept.port, db: 0, username: '', password: '' },
      meter: { url: '', source: 'gate', event: 'api-call' },
    };
    const server = makeServer({ settings, issuer: findIssuer(settings), store: kept.store });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const holder = await makeHolder();
    const endpoint = `${issuer}/protocol/openid-connect`;
    const assertion = () =>
      new SignJWT()
        .setProtectedHeader({ alg: 'PS256', kid: 'one' })
        .setIssuer(party)
        .setSubject(party)
        .setAudience(issuer)
        .setJti(randomUUID())
        .setIssuedAt()
        .setExpirationTime('60s')
        .sign(privateKey);
    const asParty = async (path: string, form: Record<string, string>) =>
      fetch(`${endpoint}/${path}`, {
        method: 'POST',
        headers: { dpop: await holder.proof({ method: 'POST', url: `${endpoint}/${path}` }, '', { ath: undefined }) },
        body: new URLSearchParams({
          client_id: party,
          client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
          client_assertion: await assertion(),
          ...form,
        }),
      });
    const login = await asParty('token', { grant_type: 'client_credentials', scope: 'payments' });
    const said = (await login.json()) as { access_token: string; token_type: string; scope: string };
    expect([login.status, said]).toMatchObject([200, { token_type: 'DPoP' }]);
    const token = said.access_token;

    const ask = async (method: string, path: string) => {
      const { request } = await import('node:http');
      const headers = {
        host,
        authorization: `DPoP ${token}`,
        dpop: await holder.proof({ method, url: `https://${host}${path}` }, token),
      };
      const { port } = server.address() as AddressInfo;
      return new Promise<number | undefined>((done) => {
        request({ port, method, path: `/check${path}`, headers }, (answer) => done(answer.resume().statusCode)).end();
      });
    };
    expect(await ask('POST', '/payments')).toBe(200);
    expect(await ask('GET', '/accounts')).toBe(403);
    // Nobody but staff may ask for it.
    const staff = await asParty('token', { grant_type: 'client_credentials', scope: 'tpps' });
    expect(staff.status).toBe(400);
    expect((await asParty('revoke', { token })).status).toBe(200);
    expect(await ask('POST', '/payments')).toBe(401);
    server.close();
  }, 120_000);
});
