import type { Settings } from './settings.ts';

const hour = 3_600_000;
/** Lago takes as many at once (getlago/lago-api:app/services/events/create_batch_service.rb@v1.50.0). */
const most = 100;

interface Sum {
  readonly value: number;
  readonly windowStart: string;
  readonly subject?: string | null;
}

interface Where {
  readonly meter: string;
  readonly billing: NonNullable<Settings['billing']>;
}

/**
 * Brings sums of whole hours from the meter to billing, those of the last day that ended ten minutes ago, and says how
 * many billing had not had. The id of each is of its hour, client and meter: what was brought before counts once, so
 * that a run that fails or runs twice does no harm, and what a run of a whole day missed is said by its log.
 */
export async function billUsage({ meter, billing }: Where, now: number): Promise<number> {
  const to = Math.floor((now - 600_000) / hour) * hour;
  const sums = await askMeter(meter, billing.meter, to - 24 * hour, to);
  const events = sums
    .filter(({ value, subject }) => value > 0 && subject)
    .map(({ value, windowStart, subject }) => ({
      transaction_id: `${billing.meter}/${subject}/${windowStart}`,
      external_subscription_id: subject,
      code: billing.meter,
      timestamp: Date.parse(windowStart) / 1000,
      properties: { calls: value },
    }));
  let taken = 0;
  for (let first = 0; first < events.length; first += most)
    taken += await bring(billing, events.slice(first, first + most));
  return taken;
}

async function askMeter(url: string, name: string, from: number, to: number): Promise<readonly Sum[]> {
  const query = new URLSearchParams({
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    windowSize: 'HOUR',
    groupBy: 'subject',
  });
  const response = await fetch(`${url}/api/v1/meters/${name}/query?${query}`, { signal: AbortSignal.timeout(60_000) });
  if (!response.ok) throw new Error(`the meter answers ${response.status}: ${await response.text()}`);
  return ((await response.json()) as { readonly data: readonly Sum[] }).data;
}

/** A batch is taken whole or not at all: one that has something billing had already is brought one by one. */
async function bring({ url, apiKey }: Where['billing'], events: readonly object[]): Promise<number> {
  const response = await fetch(`${url}/events/batch`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` },
    body: JSON.stringify({ events }),
    signal: AbortSignal.timeout(60_000),
  });
  if (response.ok) return events.length;
  const text = await response.text();
  if (response.status !== 422 || !text.includes('value_already_exist')) {
    throw new Error(`billing answers ${response.status}: ${text}`);
  }
  if (events.length === 1) return 0;
  let taken = 0;
  for (const each of events) taken += await bring({ url, apiKey, meter: '' }, [each]);
  return taken;
}
