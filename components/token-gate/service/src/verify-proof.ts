import { createHash } from 'node:crypto';
import { calculateJwkThumbprint, EmbeddedJWK, errors, jwtVerify } from 'jose';
import { Refusal } from './refusal.ts';

/** The call that a proof has to be of. */
export interface Call {
  readonly method: string;
  /** Address as the caller sees it, without query. */
  readonly url: string;
}

/** For how long a proof is good, and how far clocks may be apart, in seconds. */
export const proofLasts = 60;

/**
 * Holds a DPoP proof against the call, the token and the key that the token is bound to (RFC 9449, 4.3), and says its
 * `jti`, which the caller of this function has to take only once.
 */
export async function verifyProof(proof: string | undefined, call: Call, token: string, key: string): Promise<string> {
  if (proof === undefined) throw invalid('the token is bound to a key: show a proof in the header DPoP');
  const { payload, protectedHeader } = await checked(proof);
  if ((await calculateJwkThumbprint(protectedHeader.jwk ?? {})) !== key) {
    throw invalid('the proof is of another key than the token');
  }
  const { ath, htm, htu, iat, jti } = payload;
  if (htm !== call.method || typeof htu !== 'string' || withoutQuery(htu) !== withoutQuery(call.url)) {
    throw invalid('the proof is of another call');
  }
  if (ath !== createHash('sha256').update(token).digest('base64url')) throw invalid('the proof is of another token');
  if (typeof iat !== 'number' || Math.abs(Date.now() / 1000 - iat) > proofLasts) throw invalid('the proof is too old');
  if (typeof jti !== 'string' || jti === '' || jti.length > 256) throw invalid('the proof has no jti');
  return jti;
}

async function checked(proof: string) {
  try {
    return await jwtVerify(proof, EmbeddedJWK, { typ: 'dpop+jwt', algorithms: ['PS256', 'ES256', 'EdDSA'] });
  } catch (error) {
    // Nobody else is asked here: whatever goes wrong is of the proof, as is a key in it that is none.
    throw invalid(error instanceof errors.JOSEError ? error.message : 'the proof cannot be read');
  }
}

function withoutQuery(text: string): string {
  const url = URL.parse(text);
  return url === null ? '' : `${url.origin}${url.pathname}`;
}

function invalid(message: string): Refusal {
  return new Refusal(401, 'invalid_dpop_proof', message);
}
