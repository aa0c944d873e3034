import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { Problem } from './problem.ts';

/** Who calls: a program, or a person by it. */
export interface Caller {
  readonly client: string;
  readonly subject: string;
  readonly scopes: ReadonlySet<string>;
  /** Whether a person logged in for it: a token of the program itself is of its service account. */
  readonly person: boolean;
}

export type FindCaller = (authorization: string | undefined) => Promise<Caller>;

/** The gate has checked the token before; it is checked again, so that nothing depends on who can reach the pod. */
export function callerFinder(issuer: string, given?: JWTVerifyGetKey): FindCaller {
  let keys = given;
  return async (authorization) => {
    const token = /^(?:DPoP|Bearer) (.+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) throw new Problem(401, 'show an access token');
    keys ??= createRemoteJWKSet(new URL(await keysOf(issuer)));
    const { payload } = await verified(token, issuer, keys);
    const { azp, scope, sub, typ, preferred_username } = payload;
    if (typeof azp !== 'string' || sub === undefined || typ === 'ID')
      throw new Problem(401, 'this is not an access token');
    return {
      client: azp,
      subject: sub,
      scopes: new Set(String(scope ?? '').split(' ')),
      person: typeof preferred_username === 'string' && !preferred_username.startsWith('service-account-'),
    };
  };
}

async function keysOf(issuer: string): Promise<string> {
  const response = await fetch(`${issuer}/.well-known/openid-configuration`, { signal: AbortSignal.timeout(5_000) });
  if (!response.ok) throw new Error(`${issuer} answers ${response.status}`);
  return ((await response.json()) as { readonly jwks_uri: string }).jwks_uri;
}

async function verified(token: string, issuer: string, keys: JWTVerifyGetKey) {
  try {
    return await jwtVerify(token, keys, { issuer, algorithms: ['PS256', 'ES256', 'EdDSA'], clockTolerance: 5 });
  } catch (error) {
    throw error instanceof errors.JWTInvalid || error instanceof errors.JOSEError
      ? new Problem(401, error.message)
      : error;
  }
}
