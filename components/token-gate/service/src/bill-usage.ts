import type { BillingSettings } from './settings.ts';

const hour = 3_600_000;
/** Lago takes as many at once (getlago/lago-api:app/services/events/create_batch_service.rb@v1.50.0). */
const most = 100;

interface Sum {
  readonly value: number;
  readonly windowStart: string;
  readonly subject?: string | null;
}

interface Event {
  readonly transaction_id: string;
  readonly external_subscription_id: string;
  readonly code: string;
  readonly timestamp: number;
  readonly properties: { readonly calls: number };
}

export interface Billed {
  /** How many sums billing had not had. */
  readonly taken: number;
  /** What it says no to, and why. */
  readonly refused: readonly { readonly event: Event; readonly because: string }[];
}

/**
 * Brings sums of whole hours from the meter to billing: those of the last day, without an hour that ended less than ten minutes
 * ago. The id of each is of its hour, client and meter, so that what was brought before counts once, and a run that fails or runs
 * twice does no harm. What billing refuses holds up nothing else, and is brought again for as long as it is of the last day.
 */
export async function billUsage({ meter, billing }: BillingSettings, now: number): Promise<Billed> {
  const to = Math.floor((now - 600_000) / hour) * hour;
  const sums = await askMeter(meter, billing.meter, to - 24 * hour, to);
  const events = sums.flatMap(({ value, windowStart, subject }) =>
    value > 0 && subject
      ? {
          transaction_id: `${billing.meter}/${subject}/${windowStart}`,
          external_subscription_id: subject,
          code: billing.meter,
          timestamp: Date.parse(windowStart) / 1000,
          properties: { calls: value },
        }
      : [],
  );
  const brought: Billed[] = [];
  for (let first = 0; first < events.length; first += most)
    brought.push(await bring(billing, events.slice(first, first + most)));
  return {
    taken: brought.reduce((sum, { taken }) => sum + taken, 0),
    refused: brought.flatMap(({ refused }) => refused),
  };
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

/** A batch is taken whole or not at all: where billing says which of it are wrong, the others are brought without them. */
async function bring(billing: BillingSettings['billing'], events: readonly Event[]): Promise<Billed> {
  if (events.length === 0) return { taken: 0, refused: [] };
  const response = await fetch(`${billing.url}/events/batch`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${billing.apiKey}` },
    body: JSON.stringify({ events }),
    signal: AbortSignal.timeout(60_000),
  });
  if (response.ok) return { taken: events.length, refused: [] };
  const text = await response.text();
  const wrong = response.status === 422 ? wrongOnes(text) : new Map<number, string>();
  const rest = events.filter((_, index) => !wrong.has(index));
  if (rest.length === events.length) throw new Error(`billing answers ${response.status}: ${text}`);
  const refused = events.flatMap((event, index) => {
    const because = wrong.get(index);
    return because === undefined || because.includes(had) ? [] : [{ event, because }];
  });
  const others = await bring(billing, rest);
  return { taken: others.taken, refused: [...refused, ...others.refused] };
}

const had = 'value_already_exist';

/** What is wrong with each, by its place in the batch (getlago/lago-api:app/services/events/create_batch_service.rb@v1.50.0). */
function wrongOnes(text: string): ReadonlyMap<number, string> {
  try {
    const { error_details: details } = JSON.parse(text) as { readonly error_details?: object };
    return new Map(Object.entries(details ?? {}).map(([place, what]) => [Number(place), JSON.stringify(what)]));
  } catch {
    return new Map();
  }
}
