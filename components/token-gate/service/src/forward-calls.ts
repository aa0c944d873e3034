import type { Redis } from 'iovalkey';
import { type CountedCall, calls } from './count-call.ts';
import type { Settings } from './settings.ts';

const group = 'meter';
const batch = 100;

export interface Forwarding {
  /** By which name it takes calls: that of its pod. */
  readonly name: string;
  readonly stop: AbortSignal;
  readonly idle?: number;
  readonly failed?: number;
}

type Entry = [id: string, fields: string[]];

/**
 * Tells the meter of all calls until it is stopped. What fails is tried again after the pause, in milliseconds; the group that calls
 * are taken by is made before the first, and anew after a failure, since a store that was emptied has none.
 */
export async function keepForwarding(
  store: Redis,
  meter: Settings['meter'],
  { name, stop, idle = 1_000, failed = 5_000 }: Forwarding,
): Promise<void> {
  let prepared = false;
  for (let pause = 0; !stop.aborted; await new Promise((wake) => setTimeout(wake, pause))) {
    try {
      if (!prepared) await prepareForwarding(store);
      prepared = true;
      pause = (await forwardCalls(store, meter, name)) === 0 ? idle : 0;
    } catch (error) {
      console.error(error instanceof Error ? error.message : String(error));
      prepared = false;
      pause = failed;
    }
  }
}

/** Makes the group that calls are taken by; it is there when another gate was first. */
export async function prepareForwarding(store: Redis): Promise<void> {
  try {
    await store.xgroup('CREATE', calls, group, '0', 'MKSTREAM');
  } catch (error) {
    if (!String(error).includes('BUSYGROUP')) throw error;
  }
}

/**
 * Tells the meter of calls that it has not been told of, and says of how many. They leave the stream once it has taken
 * them: a gate that dies in between leaves them to the others, and the meter counts an event twice never, by its id.
 */
export async function forwardCalls(store: Redis, meter: Settings['meter'], name: string): Promise<number> {
  const left = (await store.xautoclaim(calls, group, name, 60_000, '0', 'COUNT', batch)) as [string, (Entry | null)[]];
  const kept = left[1].filter((entry): entry is Entry => entry !== null && entry[1] !== null);
  const entries = kept.length > 0 ? kept : await takeNew(store, name);
  if (entries.length === 0) return 0;
  const response = await fetch(`${meter.url}/api/v1/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/cloudevents-batch+json' },
    body: JSON.stringify(entries.map((entry) => toEvent(entry, meter))),
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok) throw new Error(`the meter answers ${response.status}: ${await response.text()}`);
  const ids = entries.map(([id]) => id);
  await store
    .multi()
    .xack(calls, group, ...ids)
    .xdel(calls, ...ids)
    .exec();
  return ids.length;
}

async function takeNew(store: Redis, name: string): Promise<readonly Entry[]> {
  const answer = await store.xreadgroup('GROUP', group, name, 'COUNT', batch, 'STREAMS', calls, '>');
  return (answer as [string, Entry[]][] | null)?.[0]?.[1] ?? [];
}

/** A CloudEvent 1.0. The id of the stream begins with the time in milliseconds, and is given once. */
function toEvent([id, [, text = '{}']]: Entry, { source, event }: Settings['meter']) {
  const { client, method, host, path }: CountedCall = JSON.parse(text);
  return {
    specversion: '1.0',
    id,
    source,
    type: event,
    subject: client,
    time: new Date(Number(id.split('-')[0])).toISOString(),
    // The first part of the path is the interface; the rest names what is a person's own.
    data: { calls: 1, method, host, api: `/${path.split('/')[1] ?? ''}` },
  };
}
