import { createPrivateKey, createPublicKey, randomUUID } from 'node:crypto';
import { createRemoteJWKSet, exportJWK, type JWK, type JWTVerifyGetKey, SignJWT } from 'jose';
import type { Settings } from './settings.ts';

const patience = 5_000;

/** What the gate asks the issuer of tokens. Both throw where it does not answer: whoever asks has to refuse then. */
export interface Issuer {
  readonly keys: JWTVerifyGetKey;
  /** Whether a token still counts (RFC 7662); asked as the gate's own client, which signs (RFC 7523). */
  isActive(token: string): Promise<boolean>;
}

interface Metadata {
  readonly jwks_uri: string;
  readonly introspection_endpoint: string;
}

export function findIssuer({ issuer, client }: Pick<Settings, 'client' | 'issuer'>): Issuer {
  const metadata = readOnce(issuer);
  return {
    keys: keysIn(metadata),
    async isActive(token) {
      const { introspection_endpoint } = await metadata();
      const answer = await fetch(introspection_endpoint, {
        method: 'POST',
        signal: AbortSignal.timeout(patience),
        body: new URLSearchParams({
          token,
          client_id: client.id,
          client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
          client_assertion: await sign(client, issuer),
        }),
      });
      if (!answer.ok) throw new Error(`${introspection_endpoint} answers ${answer.status}${await errorIn(answer)}`);
      return ((await answer.json()) as { readonly active?: boolean }).active === true;
    },
  };
}

/** The keys that an issuer signs tokens with; they are fetched with the first token, and again where one is not among them. */
export function issuerKeys(issuer: string): JWTVerifyGetKey {
  return keysIn(readOnce(issuer));
}

function keysIn(metadata: () => Promise<Metadata>): JWTVerifyGetKey {
  let keys: JWTVerifyGetKey | undefined;
  return async (header, token) => {
    keys ??= createRemoteJWKSet(new URL((await metadata()).jwks_uri), { timeoutDuration: patience });
    return keys(header, token);
  };
}

/** Addresses of an issuer are read once; one that did not answer is asked again the next time. */
function readOnce(issuer: string): () => Promise<Metadata> {
  let read: Promise<Metadata> | undefined;
  return () => {
    read ??= readMetadata(issuer).catch((error: unknown) => {
      read = undefined;
      throw error;
    });
    return read;
  };
}

async function readMetadata(issuer: string): Promise<Metadata> {
  const response = await fetch(`${issuer}/.well-known/openid-configuration`, { signal: AbortSignal.timeout(patience) });
  if (!response.ok) throw new Error(`${issuer} answers ${response.status}`);
  return (await response.json()) as Metadata;
}

/** The code of an error alone (RFC 6749, 5.2): what else is in an answer may be of the token. */
async function errorIn(answer: Response): Promise<string> {
  const { error } = ((await answer.json().catch(() => null)) ?? {}) as { readonly error?: unknown };
  return typeof error === 'string' && /^[a-z_]{1,64}$/.test(error) ? `: ${error}` : '';
}

/** By PS256: Keycloak's profiles of FAPI set it for each client that they do not find another one at. */
function sign({ id, key }: Settings['client'], audience: string): Promise<string> {
  return new SignJWT()
    .setProtectedHeader({ alg: 'PS256', kid: 'gate' })
    .setIssuer(id)
    .setSubject(id)
    .setAudience(audience)
    .setJti(randomUUID())
    .setIssuedAt()
    .setExpirationTime('60s')
    .sign(createPrivateKey(key()));
}

/** The public half of the gate's key, as a JWK set: the issuer reads it to check what the gate signed. */
export async function publicKeys({ key }: Settings['client']): Promise<{ readonly keys: readonly JWK[] }> {
  const jwk = await exportJWK(createPublicKey(key()));
  return { keys: [{ ...jwk, kid: 'gate', use: 'sig', alg: 'PS256' }] };
}
