import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { Refusal } from './refusal.ts';

/** Who calls, as a token says it that was checked. */
export interface Caller {
  /** The client that the token was given to. */
  readonly client: string;
  readonly subject: string;
  readonly scopes: ReadonlySet<string>;
  /** Whether a person logged in for it: a token of the client itself is of its service account, by Keycloak's name for that. */
  readonly person: boolean;
  /** Thumbprint of the key that the token is bound to by DPoP. */
  readonly key: string | undefined;
}

// What FAPI lets sign (FAPI 2.0 Security Profile, 5.4.1).
const algorithms = ['PS256', 'ES256', 'EdDSA'];
// What goes wrong with fetching keys: they come late, are another answer than 200, or are none.
const ofKeys = new Set(['ERR_JWKS_TIMEOUT', 'ERR_JOSE_GENERIC', 'ERR_JWKS_INVALID']);

export interface Expected {
  readonly issuer: string;
  /** Client that the token has to be for. */
  readonly audience: string;
  readonly keys: JWTVerifyGetKey;
}

/** Throws a refusal for a token that is not an access token of the issuer for the audience, has ended, or is bound to a certificate. */
export async function verifyToken(token: string, expected: Expected): Promise<Caller> {
  const { azp, client_id, cnf, preferred_username, scope, sub, typ } = await claimsOf(token, expected);
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
    person: typeof preferred_username === 'string' && !preferred_username.startsWith('service-account-'),
    key: typeof bound?.jkt === 'string' ? bound.jkt : undefined,
  };
}

async function claimsOf(token: string, { issuer, audience, keys }: Expected): Promise<JWTPayload> {
  try {
    const options = { issuer, audience, algorithms, clockTolerance: 5, requiredClaims: ['exp'] };
    return (await jwtVerify(token, keys, options)).payload;
  } catch (error) {
    // Keys that cannot be fetched are not the caller's fault.
    throw error instanceof errors.JOSEError && !ofKeys.has(error.code) ? invalid(error.message) : error;
  }
}

function invalid(message: string): Refusal {
  return new Refusal(401, 'invalid_token', message);
}
