import type { Redis } from 'iovalkey';
import { type Counted, countCall } from './count-call.ts';
import type { Issuer } from './issuer.ts';
import { Refusal } from './refusal.ts';
import type { Rules, Settings } from './settings.ts';
import { proofLasts, verifyProof } from './verify-proof.ts';
import { type Caller, verifyToken } from './verify-token.ts';

/** A call as the Gateway tells of it. */
export interface AskedCall {
  readonly method: string;
  readonly host: string;
  /** Path without query. */
  readonly path: string;
  readonly authorization: string | undefined;
  readonly proof: string | undefined;
}

export interface Parts {
  readonly settings: Settings;
  readonly issuer: () => Promise<Issuer>;
  readonly store: Redis;
}

/** Whoever may come through, and what is left of the quota. Throws a refusal; any other error means that it could not be found out. */
export async function allow(
  { settings, issuer, store }: Parts,
  call: AskedCall,
): Promise<{ caller: Caller; counted: Counted }> {
  const [scheme = '', token = ''] = (call.authorization ?? '').split(' ');
  if (!/^(bearer|dpop)$/i.test(scheme) || token === '')
    throw new Refusal(401, 'invalid_request', 'show an access token');
  const asked = await issuer();
  const expected = { issuer: settings.issuer, audience: settings.client.id, keys: asked.keys };
  const caller = await verifyToken(token, expected);
  await holdProof({ settings, store }, call, { scheme, token, key: caller.key });
  const scope = scopeFor(settings.rules, call);
  if (scope === undefined) throw new Refusal(403, 'insufficient_scope', 'nobody may come through here');
  if (scope !== '' && !caller.scopes.has(scope)) {
    throw new Refusal(403, 'insufficient_scope', `the token has no scope ${scope}`);
  }
  // What changes something counts at once when a token is taken back; what only reads ends with the token.
  if (!['GET', 'HEAD'].includes(call.method) && !(await asked.isActive(token))) {
    throw new Refusal(401, 'invalid_token', 'the token was taken back');
  }
  const { method, host, path } = call;
  const counted = await countCall(store, settings.quota, { client: caller.client, method, host, path });
  if (!counted.allowed) {
    throw new Refusal(429, 'quota_exceeded', 'the quota is used up', { 'retry-after': String(counted.resets) });
  }
  return { caller, counted };
}

async function holdProof(
  { settings, store }: Pick<Parts, 'settings' | 'store'>,
  call: AskedCall,
  { scheme, token, key }: { scheme: string; token: string; key: string | undefined },
): Promise<void> {
  if (key === undefined) {
    if (settings.proofs) throw new Refusal(401, 'invalid_token', 'the token is bound to no key');
    return;
  }
  // A bound token that is shown as if it were not (RFC 9449, 7.2).
  if (scheme.toLowerCase() !== 'dpop') throw new Refusal(401, 'invalid_token', 'show the token by the scheme DPoP');
  const url = `https://${call.host}${call.path}`;
  const jti = await verifyProof(call.proof, { method: call.method, url }, token, key);
  // Proofs of the future and of the past are good for as long each.
  const first = await store.set(`proof:${key}:${jti}`, '', 'EX', 2 * proofLasts + 1, 'NX');
  if (first !== 'OK') throw new Refusal(401, 'invalid_dpop_proof', 'the proof was shown before');
}

/** The scope for the longest path of the host that fits; none where the host or path is nobody's. */
export function scopeFor(rules: Rules, { host, path }: Pick<AskedCall, 'host' | 'path'>): string | undefined {
  const fits = Object.entries(rules[host.replace(/:\d+$/, '')] ?? {}).filter(
    ([prefix]) => path === prefix || path.startsWith(prefix.endsWith('/') ? prefix : `${prefix}/`),
  );
  return fits.sort(([left], [right]) => right.length - left.length)[0]?.[1];
}
