import { createHash, generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type CryptoKey,
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  type JWTPayload,
  jwtVerify,
  SignJWT,
} from 'jose';

// Stand-ins: an issuer as Keycloak answers, the meter as OpenMeter does, billing as Lago does. None is recorded from the real one.

export interface Seen {
  readonly path: string;
  readonly type: string | undefined;
  readonly authorization: string | undefined;
  readonly text: string;
}

/** Answers by path, without the query; what it was asked is in `seen`. */
export async function play(answers: Record<string, (text: string) => unknown>) {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    const text = await textOf(request);
    const path = request.url ?? '';
    const { authorization, 'content-type': type } = request.headers;
    seen.push({ path, type, authorization, text });
    const answer = answers[path.split('?')[0] ?? '']?.(text);
    const status = typeof answer === 'number' ? answer : answer === undefined ? 404 : 200;
    if (answer instanceof Error) response.writeHead(422).end(answer.message);
    else response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    seen,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}

export interface Holder {
  readonly thumbprint: string;
  proof(call: { method: string; url: string }, token: string, claims?: JWTPayload): Promise<string>;
}

/** Somebody with a key of their own, who shows proofs of it. */
export async function makeHolder(): Promise<Holder> {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const jwk = await exportJWK(publicKey);
  return {
    thumbprint: await calculateJwkThumbprint(jwk),
    proof: ({ method, url }, token, claims = {}) =>
      new SignJWT({
        htm: method,
        htu: url,
        jti: randomUUID(),
        iat: Math.floor(Date.now() / 1000),
        ath: createHash('sha256').update(token).digest('base64url'),
        ...claims,
      })
        .setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk })
        .sign(privateKey),
  };
}

// RSA keys take a while to be made.
const issuerKeys = generateKeyPair('PS256');
const { privateKey: gateKey, publicKey: gatePublic } = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** An issuer, whose tokens are signed by PS256 as FAPI wants it, and who says no to those in `takenBack`. */
export async function playIssuer() {
  const { privateKey, publicKey } = await issuerKeys;
  const takenBack = new Set<string>();
  const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'PS256', use: 'sig' };
  const server = await play({
    '/.well-known/openid-configuration': () => ({
      jwks_uri: `${server.url}/keys`,
      introspection_endpoint: `${server.url}/introspect`,
    }),
    '/keys': () => ({ keys: [jwk] }),
    '/introspect': (text) => ({ active: !takenBack.has(new URLSearchParams(text).get('token') ?? '') }),
  });
  const token = (claims: JWTPayload, key: CryptoKey = privateKey, header = { alg: 'PS256', kid: 'one' }) =>
    new SignJWT({ aud: 'gate', azp: 'tpp-1', sub: 'anna', typ: 'DPoP', scope: 'accounts', ...claims })
      .setProtectedHeader(header)
      .setIssuer(String(claims.iss ?? server.url))
      .setExpirationTime(claims.exp ?? '2m')
      .sign(key);
  return {
    ...server,
    takenBack,
    token,
    gateKey: String(gateKey.export({ type: 'pkcs8', format: 'pem' })),
    assertion: (text: string) => jwtVerify(new URLSearchParams(text).get('client_assertion') ?? '', gatePublic),
    [Symbol.asyncDispose]: server[Symbol.asyncDispose],
  };
}
