import { createPrivateKey, createPublicKey, randomUUID } from 'node:crypto';
import { createRemoteJWKSet, exportJWK, type JWK, type JWTVerifyGetKey, SignJWT } from 'jose';
import type { Settings } from './settings.ts';

const patience = 5_000;

/** What the gate asks the issuer of tokens. Addresses are read once, below `.well-known` of the issuer. */
export interface Issuer {
  readonly keys: JWTVerifyGetKey;
  /** Whether a token still counts (RFC 7662); asked as the gate's own client, which signs (RFC 7523). */
  isActive(token: string): Promise<boolean>;
}

interface Metadata {
  readonly jwks_uri: string;
  readonly introspection_endpoint: string;
}

/** Throws where the issuer does not answer: whoever asks has to refuse then. */
export async function askIssuer({ issuer, client }: Pick<Settings, 'client' | 'issuer'>): Promise<Issuer> {
  const response = await fetch(`${issuer}/.well-known/openid-configuration`, { signal: AbortSignal.timeout(patience) });
  if (!response.ok) throw new Error(`${issuer} answers ${response.status}`);
  const { jwks_uri, introspection_endpoint } = (await response.json()) as Metadata;
  return {
    keys: createRemoteJWKSet(new URL(jwks_uri), { timeoutDuration: patience }),
    async isActive(token) {
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
      if (!answer.ok) throw new Error(`${introspection_endpoint} answers ${answer.status}`);
      return ((await answer.json()) as { readonly active?: boolean }).active === true;
    },
  };
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
