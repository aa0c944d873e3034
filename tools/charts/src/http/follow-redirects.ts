import { type Dispatcher, request } from 'undici';
import { ChartFailure } from '../lock/chart-failure.ts';
import type { Answer, Ask } from './http.ts';
import { type PartialAnswer, readBody } from './partial-answer.ts';

const mostRedirects = 5;

/** One GET, and what it goes on from. */
export interface Attempt {
  readonly ask: Ask;
  /** What came of it before; keeps what comes now. */
  readonly partial: PartialAnswer;
  readonly agent: Dispatcher;
  /** Milliseconds without a byte after which it is given up. */
  readonly silence: number;
  readonly deadline: AbortSignal;
}

/** The answer of the last server that `url` leads to. Throws a {@link ChartFailure}, or an error of the connection. */
export async function followRedirects(
  url: string,
  { ask, partial, agent, silence, deadline }: Attempt,
): Promise<Answer> {
  let target = new URL(url);
  const home = target.origin;
  for (let hops = 0; ; hops += 1) {
    const { statusCode, headers, body } = await request(target, {
      dispatcher: agent,
      signal: deadline,
      headersTimeout: silence,
      bodyTimeout: silence,
      headers: requestHeaders(ask, partial, target.origin === home),
    });
    const location = [301, 302, 303, 307, 308].includes(statusCode) ? headers.location : undefined;
    if (location === undefined) {
      const content = await readBody(body, { statusCode, headers, ask, partial, host: target.host });
      return { status: statusCode === 206 ? 200 : statusCode, headers, body: content, origin: target.origin };
    }
    body.on('error', () => {});
    body.destroy();
    if (hops === mostRedirects) throw new ChartFailure('charts/bad-answer', `${target.host} leads on too often`);
    target = nextTarget(target, String(location));
  }
}

function requestHeaders(ask: Ask, partial: PartialAnswer, isHome: boolean): Record<string, string> {
  return {
    'user-agent': 'fluxwright',
    ...ask.headers,
    ...(partial.size > 0 && { range: `bytes=${partial.size}-`, ...(partial.etag && { 'if-range': partial.etag }) }),
    ...(isHome && ask.authorization !== undefined && { authorization: ask.authorization }),
  };
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
