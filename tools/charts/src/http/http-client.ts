import { setTimeout as pause } from 'node:timers/promises';
import { ChartFailure } from '../lock/chart-failure.ts';
import { connectionFailure } from './connection-failure.ts';
import { followRedirects } from './follow-redirects.ts';
import type { Answer, Http, HttpOptions } from './http.ts';
import { type PartialAnswer, partialAnswer } from './partial-answer.ts';
import { proxyAgent } from './proxy-agent.ts';

const longestWait = 60_000;

/** A client with the proxies and CAs of an environment. */
export function openHttp(options: HttpOptions): Http {
  const { idleSeconds = 30, totalSeconds = 600, retries = 4, backoff = 500 } = options;
  const silence = idleSeconds * 1000;
  const agent = proxyAgent(options, silence);
  return {
    get: async (url, ask) => {
      const partial = partialAnswer();
      for (let tries = 0; ; tries += 1) {
        const deadline = AbortSignal.timeout(totalSeconds * 1000);
        const outcome = await attempt(url, partial, () =>
          followRedirects(url, { ask, partial, agent, silence, deadline }),
        );
        if ('answer' in outcome) return outcome.answer;
        if (tries >= retries) throw outcome.failure;
        await pause(Math.min(outcome.wait ?? backoff * 2 ** tries, longestWait));
      }
    },
    close: () => agent.destroy(),
  };
}

/** An answer, or a failure that is worth another try after `wait` milliseconds, where the server says how long. */
type Outcome = { readonly answer: Answer } | { readonly failure: ChartFailure; readonly wait?: number | undefined };

/** One try. Throws the failures that another try would not mend. */
async function attempt(url: string, partial: PartialAnswer, once: () => Promise<Answer>): Promise<Outcome> {
  const { host } = new URL(url);
  try {
    const answer = await once();
    return isWorthATry(answer.status) ? refusal(host, answer) : { answer };
  } catch (error) {
    if (error instanceof ChartFailure) throw error;
    const { failure, isFinal } = connectionFailure(error, host, partial.size);
    if (isFinal) throw failure;
    return { failure };
  }
}

/** What to make of a status that may be another one later. */
function refusal(host: string, { status, headers }: Answer): Outcome {
  const message = `${host} answers with status ${status}`;
  const wait = retryAfter(headers['retry-after']);
  if (wait !== undefined && wait > longestWait)
    throw new ChartFailure('charts/bad-answer', message, { note: `it asks to wait ${wait / 1000} seconds` });
  const note = status === 429 ? 'it has been asked too often' : 'the server failed';
  return { failure: new ChartFailure('charts/bad-answer', message, { note }), wait };
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
