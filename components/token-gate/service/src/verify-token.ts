import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { Refusal } from './refusal.ts';

/** Who calls, as a token says it that was checked. */
export interface Caller {
  /** The client that the token was given to. */
  readonly client: string;
  readonly subject: string;
  readonly scopes: ReadonlySet<string>;
  /** Thumbprint of the key that the token is bound to by DPoP. */
  readonly key: string | undefined;
}

// What FAPI lets sign (FAPI 2.0 Security Profile, 5.4.1).
const algorithms = ['PS256', 'ES256', 'EdDSA'];

export interface Expected {
  readonly issuer: string;
  /** Client that the token has to be for. */
  readonly audience: string;
  readonly keys: JWTVerifyGetKey;
}

/** Throws a refusal for a token that is not an access token of the issuer for the gate, has ended, or is bound to a certificate. */
export async function verifyToken(token: string, expected: Expected): Promise<Caller> {
  const { azp, client_id, cnf, scope, sub, typ } = await claimsOf(token, expected);
  // Keycloak signs ID tokens and those for logging out with the same keys.
  if (typ !== undefined && typ !== 'Bearer' && typ !== 'DPoP') throw invalid('this is not an access token');
  const client = azp ?? client_id;
  if (typeof client !== 'string' || sub === undefined) throw invalid('the token does not say whose it is');
  const bound = cnf as Readonly<Record<string, unknown>> | undefined;
  // TLS ends before the gate: it never sees the certificate.
  if (bound?.['x5t#S256'] !== undefined) throw invalid('a token that is bound to a certificate cannot be checked here');
  return {
    client,
    subject: sub,
    scopes: new Set(String(scope ?? '').split(' ')),
    key: typeof bound?.jkt === 'string' ? bound.jkt : undefined,
  };
}

async function claimsOf(token: string, { issuer, audience, keys }: Expected): Promise<JWTPayload> {
  try {
    const options = { issuer, audience, algorithms, clockTolerance: 5, requiredClaims: ['exp'] };
    return (await jwtVerify(token, keys, options)).payload;
  } catch (error) {
    // Keys that cannot be fetched are not the caller's fault.
    const away = error instanceof errors.JWKSTimeout || !(error instanceof errors.JOSEError) || isFetch(error);
    throw away ? error : invalid(error.message);
  }
}

function isFetch(error: errors.JOSEError): boolean {
  return error.code === 'ERR_JOSE_GENERIC';
}

function invalid(message: string): Refusal {
  return new Refusal(401, 'invalid_token', message);
}
