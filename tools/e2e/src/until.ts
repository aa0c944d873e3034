import { setTimeout as pause } from 'node:timers/promises';

/** Asks again every half second until `ask` gives something; throws what `why` says when `seconds` have passed. */
export async function until<T>(
  seconds: number,
  ask: () => Promise<T | undefined>,
  why: () => Promise<string>,
): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error(`not within ${seconds} s: ${await why()}`);
    await pause(500);
  }
}
