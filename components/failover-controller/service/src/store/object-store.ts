import { AwsClient } from 'aws4fetch';
import { leaseText, parseLease } from '../lease/lease-record.ts';
import type { LeaseStore, ReadOutcome, WriteOutcome } from '../lease/read-outcome.ts';

export interface ObjectStoreSettings {
  /** Of the object that is the lease: https://<endpoint>/<bucket>/<key>. */
  readonly url: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Milliseconds after which a request is given up. */
  readonly request: number;
}

/**
 * The lease as an object of a store with S3's interface.
 *
 * Reads are strongly consistent and writes conditional, by If-None-Match: * and If-Match with an ETag (Amazon S3 User
 * Guide, "How to prevent object overwrites with conditional writes"): 412 where the condition does not hold, 409 where
 * another write was faster, 404 where the object of an If-Match is gone. {@link storeFault} shows whether a store does so.
 */
export function objectStore(settings: ObjectStoreSettings): LeaseStore {
  const ask = asker(settings);
  return {
    async read(): Promise<ReadOutcome> {
      const answer = await ask('GET', settings.url);
      if ('why' in answer) return { is: 'unknown', why: answer.why };
      const { status, etag, text } = answer;
      // A bucket that is not there is no lease that nobody has: that is a fault of settings.
      if (status === 404 && text.includes('<Code>NoSuchKey</Code>')) return { is: 'absent' };
      if (status !== 200 || etag === undefined) return { is: 'unknown', why: `the store answers ${status}` };
      try {
        return { is: 'there', seen: { record: parseLease(text), etag } };
      } catch (error) {
        return { is: 'unknown', why: (error as Error).message };
      }
    },
    async write(record, onto): Promise<WriteOutcome> {
      return put(ask, settings.url, leaseText(record), onto);
    },
  };
}

/**
 * What a store does that a lease cannot live with, or undefined: it is tried on an object beside the lease, which is
 * removed again. A store that ignores a condition, or that answers a read with what was before a write, is refused.
 */
export async function storeFault(settings: ObjectStoreSettings, mark: string): Promise<string | undefined> {
  const ask = asker(settings);
  const url = `${settings.url}.trial-${mark}`;
  const first = await put(ask, url, 'first', undefined);
  if (first.is !== 'written')
    return first.is === 'refused' ? 'it refuses to write an object that is not there' : first.why;
  try {
    const again = await put(ask, url, 'again', undefined);
    if (again.is !== 'refused') return 'it ignores If-None-Match, or does not know it';
    const wrong = await put(ask, url, 'wrong', '"00000000000000000000000000000000"');
    if (wrong.is !== 'refused') return 'it ignores If-Match, or does not know it';
    const second = await put(ask, url, 'second', first.etag);
    if (second.is !== 'written') return 'it refuses a write whose If-Match is right';
    const read = await ask('GET', url);
    if ('why' in read || read.text !== 'second') return 'a read after a write does not give what was written';
    return read.etag === second.etag ? undefined : 'the ETag of a read is not that of the write';
  } finally {
    await ask('DELETE', url);
  }
}

type Answer = { readonly status: number; readonly etag?: string; readonly text: string } | { readonly why: string };
type Ask = (method: string, url: string, init?: { body: string; headers: Record<string, string> }) => Promise<Answer>;

function asker({ accessKeyId, secretAccessKey, region, request }: ObjectStoreSettings): Ask {
  // No retries: each beat is an attempt, and a late one that is sent twice would be two.
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 0 });
  return async (method, url, init) => {
    try {
      const response = await client.fetch(url, { method, ...init, signal: AbortSignal.timeout(request) });
      const etag = response.headers.get('etag');
      const text = await response.text();
      return { status: response.status, text, ...(etag !== null && { etag }) };
    } catch (error) {
      const { name, cause } = error as Error & { cause?: { code?: string } };
      return { why: name === 'TimeoutError' ? 'no answer in time' : (cause?.code ?? name) };
    }
  };
}

async function put(ask: Ask, url: string, body: string, onto: string | undefined): Promise<WriteOutcome> {
  const condition: Record<string, string> = onto === undefined ? { 'if-none-match': '*' } : { 'if-match': onto };
  const answer = await ask('PUT', url, { body, headers: condition });
  if ('why' in answer) return { is: 'unknown', why: answer.why };
  if ([404, 409, 412].includes(answer.status)) return { is: 'refused' };
  return answer.status === 200 && answer.etag !== undefined
    ? { is: 'written', etag: answer.etag }
    : { is: 'unknown', why: `the store answers ${answer.status}` };
}
