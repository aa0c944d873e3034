import type { Redis } from 'iovalkey';
import { type Counted, countCall } from './count-call.ts';
import { type AskedCall, identify } from './identify.ts';
import type { Issuer } from './issuer.ts';
import { Refusal } from './refusal.ts';
import type { Rules, Settings } from './settings.ts';
import { proofLasts } from './verify-proof.ts';
import type { Caller } from './verify-token.ts';

export interface Parts {
  readonly settings: Settings;
  readonly issuer: Issuer;
  readonly store: Redis;
}

/** Whoever may come through, and what is left of the quota. Throws a refusal; any other error means that it could not be found out. */
export async function allow(
  { settings, issuer, store }: Parts,
  call: AskedCall,
): Promise<{ caller: Caller; counted: Counted }> {
  const expected = { issuer: settings.issuer, audience: settings.client.id, keys: issuer.keys };
  const { caller, token, proof } = await identify(call, expected);
  if (proof === undefined && settings.proofs) throw new Refusal(401, 'invalid_token', 'the token is bound to no key');
  if (proof !== undefined) await takeProof(store, proof);
  const scope = scopeFor(settings.rules, call);
  if (scope === undefined) throw new Refusal(403, 'insufficient_scope', 'nobody may come through here');
  if (scope !== '' && !caller.scopes.has(scope)) {
    throw new Refusal(403, 'insufficient_scope', `the token has no scope ${scope}`);
  }
  // What changes something counts at once when a token is taken back; what only reads ends with the token.
  if (!['GET', 'HEAD'].includes(call.method) && !(await issuer.isActive(token))) {
    throw new Refusal(401, 'invalid_token', 'the token was taken back');
  }
  const { method, host, path } = call;
  const counted = await countCall(store, settings.quota, { client: caller.client, method, host, path });
  if (!counted.allowed) {
    throw new Refusal(429, 'quota_exceeded', 'the quota is used up', { 'retry-after': String(counted.resets) });
  }
  return { caller, counted };
}

/** Each proof counts once, at whichever gate it is shown. */
async function takeProof(store: Redis, proof: string): Promise<void> {
  // Proofs of the future and of the past are good for as long each.
  const first = await store.set(`proof:${proof}`, '', 'EX', 2 * proofLasts + 1, 'NX');
  if (first !== 'OK') throw new Refusal(401, 'invalid_dpop_proof', 'the proof was shown before');
}

/** The scope for the longest path of the host that fits; none where the host or path is nobody's. */
export function scopeFor(rules: Rules, { host, path }: Pick<AskedCall, 'host' | 'path'>): string | undefined {
  const fits = Object.entries(rules[host.replace(/:\d+$/, '')] ?? {}).filter(
    ([prefix]) => path === prefix || path.startsWith(prefix.endsWith('/') ? prefix : `${prefix}/`),
  );
  return fits.sort(([left], [right]) => right.length - left.length)[0]?.[1];
}
