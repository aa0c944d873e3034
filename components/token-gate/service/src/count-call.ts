import type { Redis } from 'iovalkey';
import type { Settings } from './settings.ts';

/** The stream with calls that the meter has not been told of. */
export const calls = 'calls';

export interface Counted {
  readonly allowed: boolean;
  readonly left: number;
  /** Seconds until the quota begins anew. */
  readonly resets: number;
}

/** What one call is: who did it, and what. */
export interface CountedCall {
  readonly client: string;
  readonly method: string;
  readonly host: string;
  readonly path: string;
}

// One script, so that a call is either counted and in the stream, or neither, however many gates there are. What is
// longest in the stream goes first when nobody takes it away.
const script = `
local used = tonumber(redis.call('GET', KEYS[1]) or '0')
local rest = redis.call('PTTL', KEYS[1])
if rest < 0 then rest = tonumber(ARGV[2]) end
if used >= tonumber(ARGV[1]) then return {0, 0, rest} end
if redis.call('INCR', KEYS[1]) == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
redis.call('XADD', KEYS[2], 'MAXLEN', '~', 1000000, '*', 'call', ARGV[3])
return {1, tonumber(ARGV[1]) - used - 1, rest}`;

/** Counts a call against the quota of its client, and puts it where the meter is told from: both or neither. */
export async function countCall(
  store: Redis,
  { calls: most, seconds }: Settings['quota'],
  call: CountedCall,
): Promise<Counted> {
  const answer = await store.eval(script, 2, `quota:${call.client}`, calls, most, seconds * 1000, JSON.stringify(call));
  const [allowed, left, milliseconds] = answer as [number, number, number];
  return { allowed: allowed === 1, left, resets: Math.ceil(milliseconds / 1000) };
}
