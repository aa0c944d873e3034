import { Refusal } from './refusal.ts';
import { verifyProof } from './verify-proof.ts';
import { type Caller, type Expected, verifyToken } from './verify-token.ts';

/** A call, as the Gateway tells of it. */
export interface AskedCall {
  readonly method: string;
  readonly host: string;
  /** Path without query. */
  readonly path: string;
  readonly authorization: string | undefined;
  readonly proof: string | undefined;
}

export interface Identified {
  readonly caller: Caller;
  readonly token: string;
  /** Name of the proof, which may be shown once; none where the token is bound to no key. */
  readonly proof: string | undefined;
}

/**
 * Who makes a call, by its token and, where that is bound to a key, by a proof of the key. Throws a refusal for what is wrong with
 * them; any other error means that it could not be found out. Whether the proof was shown before, and whether the token was taken
 * back, is not known here.
 */
export async function identify(call: AskedCall, expected: Expected): Promise<Identified> {
  const [scheme = '', token = ''] = (call.authorization ?? '').split(' ');
  if (!/^(bearer|dpop)$/i.test(scheme) || token === '')
    throw new Refusal(401, 'invalid_request', 'show an access token');
  const caller = await verifyToken(token, expected);
  if (caller.key === undefined) return { caller, token, proof: undefined };
  // A bound token that is shown as if it were not (RFC 9449, 7.2).
  if (scheme.toLowerCase() !== 'dpop') throw new Refusal(401, 'invalid_token', 'show the token by the scheme DPoP');
  const url = `https://${call.host}${call.path}`;
  const jti = await verifyProof(call.proof, { method: call.method, url }, token, caller.key);
  return { caller, token, proof: `${caller.key}:${jti}` };
}

/** The one proof in the headers of a call: two are none (RFC 9449, 4.3). */
export function proofIn({
  dpop,
}: Readonly<Record<string, string | readonly string[] | undefined>>): string | undefined {
  return typeof dpop === 'string' && !dpop.includes(',') ? dpop : undefined;
}
