import type { IncomingHttpHeaders } from 'node:http';
import { ChartFailure } from '../lock/chart-failure.ts';
import type { Ask } from './http.ts';

/** Answers that are no success are read for nothing but the connection. */
const mostOfARefusal = 64 * 1024;

/** What has come of an answer that broke off. */
export interface PartialAnswer {
  chunks: Buffer[];
  size: number;
  etag: string | undefined;
}

/** Nothing has come yet. */
export function partialAnswer(): PartialAnswer {
  return { chunks: [], size: 0, etag: undefined };
}

interface Reading {
  readonly statusCode: number;
  readonly headers: IncomingHttpHeaders;
  readonly ask: Ask;
  readonly partial: PartialAnswer;
  readonly host: string;
}

/** The whole body, with what came of it before; keeps what came in `partial` where it breaks off and can be resumed. */
export async function readBody(body: AsyncIterable<Buffer>, reading: Reading): Promise<Buffer> {
  const { statusCode, headers, ask, partial } = reading;
  resume(partial, reading);
  const strong = strongTag(headers);
  partial.etag = strong ?? partial.etag;
  const canResume = isGood(statusCode) && (strong !== undefined || ask.isImmutable === true);
  try {
    await collect(body, reading);
  } catch (error) {
    if (!canResume) Object.assign(partial, partialAnswer());
    throw error;
  }
  const whole = Buffer.concat(partial.chunks);
  Object.assign(partial, partialAnswer());
  return whole;
}

function isGood(status: number): boolean {
  return status === 200 || status === 206;
}

/** Only a strong tag says that the bytes are the same (RFC 9110, section 8.8.1). */
function strongTag({ etag }: IncomingHttpHeaders): string | undefined {
  return typeof etag === 'string' && etag.startsWith('"') ? etag : undefined;
}

/** Keeps what came before where the answer goes on from there. */
function resume(partial: PartialAnswer, { statusCode, headers }: Reading): void {
  if (statusCode === 206 && headers['content-range']?.startsWith(`bytes ${partial.size}-`)) return;
  Object.assign(partial, { chunks: [], size: 0 });
  if (statusCode === 206) throw new Error('an answer to another range');
}

async function collect(body: AsyncIterable<Buffer>, { statusCode, ask, partial, host }: Reading): Promise<void> {
  const most = isGood(statusCode) ? ask.maxBytes : mostOfARefusal;
  for await (const chunk of body) {
    partial.size += chunk.length;
    if (partial.size <= most) partial.chunks.push(chunk);
    else if (!isGood(statusCode)) return;
    else throw new ChartFailure('charts/bad-answer', `${host} sends more than ${Math.round(most / 1024 / 1024)} MiB`);
  }
}
