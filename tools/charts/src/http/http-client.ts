import { readFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { rootCertificates } from 'node:tls';
import { EnvHttpProxyAgent, request } from 'undici';
import { ChartFailure } from '../lock/chart-failure.ts';
import { connectionFailure } from './connection-failure.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface HttpOptions {
  /** HTTPS_PROXY, HTTP_PROXY and NO_PROXY in either case; NODE_EXTRA_CA_CERTS and SSL_CERT_FILE name CAs. */
  readonly environment: Environment;
  /** A file of CA certificates (PEM) to trust besides the system's. */
  readonly caFile?: string;
  /** Seconds without a byte after which an answer is given up; 30 by default. */
  readonly idleSeconds?: number;
  /** Seconds one answer may take as a whole; 600 by default. */
  readonly totalSeconds?: number;
  /** How often a request is tried again; 4 by default. */
  readonly retries?: number;
  /** Milliseconds before the second try, doubled for each further; 500 by default. */
  readonly backoff?: number;
}

export interface Ask {
  /** A longer answer is refused. */
  readonly maxBytes: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Goes to the origin of the URL and to no other: a redirect to another host does not carry it. */
  readonly authorization?: string;
  /** True where the address names the content by its digest: then a broken answer is resumed also without an ETag. */
  readonly isImmutable?: boolean;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface Http {
  /**
   * The answer to a GET, of whatever status but those that are worth another try (408, 429, 5xx). Follows five redirects,
   * waits as Retry-After says (RFC 9110, up to a minute), and resumes a broken answer by Range and If-Range where the server
   * can. Throws a {@link ChartFailure}.
   */
  readonly get: (url: string, ask: Ask) => Promise<Answer>;
  readonly close: () => Promise<void>;
}

const longestWait = 60_000;
const mostRedirects = 5;
/** Answers that are no success are read for nothing but the connection. */
const mostOfARefusal = 64 * 1024;

/** A client with the proxies and CAs of an environment. */
export function openHttp(options: HttpOptions): Http {
  const { idleSeconds = 30, totalSeconds = 600, retries = 4, backoff = 500 } = options;
  const silence = idleSeconds * 1000;
  const agent = makeAgent(options, silence);
  const once = async (url: string, ask: Ask, partial: Partial): Promise<Answer> => {
    let target = new URL(url);
    const deadline = AbortSignal.timeout(totalSeconds * 1000);
    for (let hops = 0; ; hops += 1) {
      const isHome = target.origin === new URL(url).origin;
      const { statusCode, headers, body } = await request(target, {
        dispatcher: agent,
        signal: deadline,
        headersTimeout: silence,
        bodyTimeout: silence,
        headers: {
          'user-agent': 'fluxwright',
          ...ask.headers,
          ...(partial.size > 0 && {
            range: `bytes=${partial.size}-`,
            ...(partial.etag && { 'if-range': partial.etag }),
          }),
          ...(isHome && ask.authorization !== undefined && { authorization: ask.authorization }),
        },
      });
      const location = [301, 302, 303, 307, 308].includes(statusCode) ? headers.location : undefined;
      if (location === undefined) {
        const content = await read(body, { statusCode, headers, ask, partial, host: target.host });
        return { status: statusCode === 206 ? 200 : statusCode, headers, body: content };
      }
      body.on('error', () => {});
      body.destroy();
      if (hops === mostRedirects) throw new ChartFailure('charts/bad-answer', `${target.host} leads on too often`);
      target = nextTarget(target, String(location));
    }
  };
  return {
    get: async (url, ask) => {
      const partial: Partial = { chunks: [], size: 0, etag: undefined };
      for (let tries = 0; ; tries += 1) {
        let wait = backoff * 2 ** tries;
        let failure: ChartFailure;
        try {
          const answer = await once(url, ask, partial);
          if (!isWorthATry(answer.status)) return answer;
          const { host } = new URL(url);
          failure = new ChartFailure('charts/bad-answer', `${host} answers with status ${answer.status}`, {
            note: answer.status === 429 ? 'it has been asked too often' : 'the server failed',
          });
          const asked = retryAfter(answer.headers['retry-after']);
          if (asked !== undefined && asked > longestWait)
            throw new ChartFailure(failure.code, failure.message, { note: `it asks to wait ${asked / 1000} seconds` });
          wait = asked ?? wait;
        } catch (error) {
          if (error instanceof ChartFailure) throw error;
          const { failure: said, isFinal } = connectionFailure(error, new URL(url).host, partial.size);
          if (isFinal) throw said;
          failure = said;
        }
        if (tries >= retries) throw failure;
        await pause(Math.min(wait, longestWait));
      }
    },
    close: () => agent.destroy(),
  };
}

/** What has come of an answer that broke off. */
interface Partial {
  chunks: Buffer[];
  size: number;
  etag: string | undefined;
}

function isWorthATry(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

/** Milliseconds of a Retry-After, which is a number of seconds or a date; undefined for none. */
function retryAfter(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

function nextTarget(from: URL, location: string): URL {
  if (!URL.canParse(location, from.href))
    throw new ChartFailure('charts/bad-answer', `${from.host} leads to what is no address`);
  const to = new URL(location, from);
  if (to.protocol !== 'https:' && to.protocol !== from.protocol)
    throw new ChartFailure(
      'charts/bad-answer',
      `${from.host} leads from ${from.protocol} to ${to.protocol}//${to.host}`,
      {
        note: 'what comes over plain HTTP could be anybody’s',
      },
    );
  return to;
}

interface Reading {
  readonly statusCode: number;
  readonly headers: IncomingHttpHeaders;
  readonly ask: Ask;
  readonly partial: Partial;
  readonly host: string;
}

/** The whole body, with what came of it before; keeps what came in `partial` where it breaks off and can be resumed. */
async function read(
  body: AsyncIterable<Buffer>,
  { statusCode, headers, ask, partial, host }: Reading,
): Promise<Buffer> {
  const isGood = statusCode === 200 || statusCode === 206;
  const goesOn = statusCode === 206 && headers['content-range']?.startsWith(`bytes ${partial.size}-`);
  if (!goesOn) Object.assign(partial, { chunks: [], size: 0 });
  if (statusCode === 206 && !goesOn) throw new Error('an answer to another range');
  const strong = typeof headers.etag === 'string' && headers.etag.startsWith('"') ? headers.etag : undefined;
  partial.etag = strong ?? partial.etag;
  const most = isGood ? ask.maxBytes : mostOfARefusal;
  const canResume = isGood && (strong !== undefined || ask.isImmutable === true);
  try {
    for await (const chunk of body) {
      partial.size += chunk.length;
      if (partial.size > most) {
        if (!isGood) break;
        throw new ChartFailure('charts/bad-answer', `${host} sends more than ${Math.round(most / 1024 / 1024)} MiB`);
      }
      partial.chunks.push(chunk);
    }
  } catch (error) {
    if (!canResume) Object.assign(partial, { chunks: [], size: 0, etag: undefined });
    throw error;
  }
  const whole = Buffer.concat(partial.chunks);
  Object.assign(partial, { chunks: [], size: 0, etag: undefined });
  return whole;
}

function makeAgent({ environment, caFile }: HttpOptions, silence: number): EnvHttpProxyAgent {
  const files = [caFile, environment.NODE_EXTRA_CA_CERTS, environment.SSL_CERT_FILE].filter(
    (file) => file !== undefined && file !== '',
  ) as readonly string[];
  const tls = files.length === 0 ? {} : { ca: [...rootCertificates, ...files.map(readCertificates)] };
  const of = (name: string): string => environment[name] ?? environment[name.toUpperCase()] ?? '';
  try {
    return new EnvHttpProxyAgent({
      httpProxy: of('http_proxy'),
      httpsProxy: of('https_proxy'),
      noProxy: of('no_proxy'),
      connect: { ...tls, timeout: silence },
      requestTls: tls,
      proxyTls: tls,
      connections: 8,
    });
  } catch {
    throw new ChartFailure('charts/unreachable', 'HTTPS_PROXY or HTTP_PROXY is no address of a proxy');
  }
}

function readCertificates(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new ChartFailure('charts/unreachable', `the file of CA certificates cannot be read: ${file}`);
  }
}
