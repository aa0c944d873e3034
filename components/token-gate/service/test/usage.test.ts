import { describe, expect, test } from 'vitest';
import { billUsage } from '../src/bill-usage.ts';
import { calls, countCall } from '../src/count-call.ts';
import { forwardCalls, keepForwarding, prepareForwarding } from '../src/forward-calls.ts';
import { play } from './played-servers.ts';
import { program, startStore } from './store-server.ts';

const call = { client: 'tpp-1', method: 'GET', host: 'bank.example.com', path: '/accounts/1' };
const quota = { calls: 1_000, seconds: 60 };

describe.skipIf(program === undefined)('forwarding (skipped without valkey-server or redis-server)', () => {
  test('tells the meter of each call once, as CloudEvents, and forgets what it has taken', async () => {
    await using kept = await startStore();
    await using meter = await play({ '/api/v1/events': () => 204 });
    await prepareForwarding(kept.store);
    await prepareForwarding(kept.store);
    for (let count = 0; count < 150; count++) await countCall(kept.store, quota, call);
    const where = { url: meter.url, source: 'gate', event: 'api-call' };
    expect(await forwardCalls(kept.store, where, 'one')).toBe(100);
    expect(await forwardCalls(kept.store, where, 'one')).toBe(50);
    expect(await forwardCalls(kept.store, where, 'one')).toBe(0);
    expect(meter.seen[0]?.type).toBe('application/cloudevents-batch+json');
    const events = meter.seen.flatMap(({ text }) => JSON.parse(text) as { id: string }[]);
    expect(new Set(events.map(({ id }) => id)).size).toBe(150);
    const told = {
      specversion: '1.0',
      source: 'gate',
      type: 'api-call',
      subject: 'tpp-1',
      data: { calls: 1, method: 'GET', api: '/accounts' },
    };
    expect(events[0]).toMatchObject(told);
    expect(await kept.store.xlen(calls)).toBe(0);
  });

  test('keeps what the meter does not take, and another gate brings it later with the same ids', async () => {
    await using kept = await startStore();
    let away = true;
    await using meter = await play({ '/api/v1/events': () => (away ? 503 : 204) });
    await prepareForwarding(kept.store);
    await countCall(kept.store, quota, call);
    const where = { url: meter.url, source: 'gate', event: 'api-call' };
    await expect(forwardCalls(kept.store, where, 'one')).rejects.toThrow('the meter answers 503');
    away = false;
    // Nobody else takes it while the first may still be at it.
    expect(await forwardCalls(kept.store, where, 'two')).toBe(0);
    const [entry] = (await kept.store.xpending(calls, 'meter', '-', '+', 1)) as [string][];
    await kept.store.xclaim(calls, 'meter', 'one', 0, entry?.[0] ?? '', 'IDLE', 61_000);
    expect(await forwardCalls(kept.store, where, 'two')).toBe(1);
    const [first, second] = meter.seen.map(({ text }) => JSON.parse(text)[0].id);
    expect(second).toBe(first);
  });

  test('makes its group once, and anew where the store was emptied', async () => {
    await using kept = await startStore();
    await using meter = await play({ '/api/v1/events': () => 204 });
    const where = { url: meter.url, source: 'gate', event: 'api-call' };
    const stop = new AbortController();
    const forwarded = keepForwarding(kept.store, where, { name: 'one', stop: stop.signal, idle: 5, failed: 5 });
    await countCall(kept.store, quota, call);
    await expect.poll(() => meter.seen.length).toBe(1);
    const made = async () => /cmdstat_xgroup\|create:calls=(\d+)/.exec(await kept.store.info('commandstats'))?.[1];
    expect(await made()).toBe('1');
    await kept.store.flushall();
    await countCall(kept.store, quota, call);
    await expect.poll(() => meter.seen.length).toBe(2);
    expect(await made()).toBe('2');
    stop.abort();
    await forwarded;
  });
});

describe('billing', () => {
  const now = Date.parse('2026-11-28T12:20:00Z');
  const sum = (value: number, windowStart: string, subject: string) => ({ value, windowStart, windowEnd: '', subject });

  test('brings sums of whole hours under ids of hour, client and meter', async () => {
    const data = [sum(7, '2026-11-28T11:00:00Z', 'tpp-1'), sum(0, '2026-11-28T10:00:00Z', 'tpp-1')];
    await using meter = await play({ '/api/v1/meters/api_calls/query': () => ({ data }) });
    await using lago = await play({ '/events/batch': () => ({ events: [] }) });
    const billing = { url: lago.url, apiKey: 'key', meter: 'api_calls' };
    expect(await billUsage({ meter: meter.url, billing }, now)).toEqual({ taken: 1, refused: [] });
    const query = new URL(meter.seen[0]?.path ?? '', 'http://meter').searchParams;
    expect(query.get('to')).toBe('2026-11-28T12:00:00.000Z');
    expect(query.get('from')).toBe('2026-11-27T12:00:00.000Z');
    expect(lago.seen[0]?.authorization).toBe('Bearer key');
    expect(JSON.parse(lago.seen[0]?.text ?? '')).toEqual({
      events: [
        {
          transaction_id: 'api_calls/tpp-1/2026-11-28T11:00:00Z',
          external_subscription_id: 'tpp-1',
          code: 'api_calls',
          timestamp: Date.parse('2026-11-28T11:00:00Z') / 1000,
          properties: { calls: 7 },
        },
      ],
    });
  });

  /** As Lago takes a batch: whole or not at all, and says what is wrong with each of it. */
  function playLago(had: Set<string>, wrong: (id: string) => object | undefined = () => undefined) {
    return play({
      '/events/batch': (text) => {
        const ids = JSON.parse(text).events.map((each: { transaction_id: string }) => each.transaction_id) as string[];
        const errors = ids.map(
          (id) => wrong(id) ?? (had.has(id) ? { transaction_id: ['value_already_exist'] } : undefined),
        );
        const details = Object.fromEntries(errors.flatMap((error, place) => (error ? [[place, error]] : [])));
        if (Object.keys(details).length > 0) return new Error(JSON.stringify({ error_details: details }));
        for (const id of ids) had.add(id);
        return {};
      },
    });
  }

  test('waits ten minutes for what is late, and brings the rest of a batch that has something old in it', async () => {
    const had = new Set(['api_calls/tpp-1/2026-11-28T09:00:00Z']);
    const data = ['09', '10', '11'].map((hour) => sum(1, `2026-11-28T${hour}:00:00Z`, 'tpp-1'));
    await using meter = await play({ '/api/v1/meters/api_calls/query': () => ({ data }) });
    await using lago = await playLago(had);
    const billing = { url: lago.url, apiKey: 'key', meter: 'api_calls' };
    const late = Date.parse('2026-11-28T12:05:00Z');
    expect(await billUsage({ meter: meter.url, billing }, late)).toEqual({ taken: 2, refused: [] });
    expect(lago.seen).toHaveLength(2);
    expect(had.size).toBe(3);
    expect(await billUsage({ meter: meter.url, billing }, now)).toEqual({ taken: 0, refused: [] });
    expect(new URL(meter.seen[0]?.path ?? '', 'http://meter').searchParams.get('to')).toBe('2026-11-28T11:00:00.000Z');
  });

  test('says what billing refuses, and brings all else', async () => {
    const data = Array.from({ length: 150 }, (_, each) => sum(1, '2026-11-28T11:00:00Z', `tpp-${each}`));
    await using meter = await play({ '/api/v1/meters/api_calls/query': () => ({ data }) });
    const had = new Set<string>();
    await using lago = await playLago(had, (id) =>
      id.includes('tpp-7/') ? { code: ['value_is_mandatory'] } : undefined,
    );
    const billing = { url: lago.url, apiKey: 'key', meter: 'api_calls' };
    const { taken, refused } = await billUsage({ meter: meter.url, billing }, now);
    expect([taken, had.size]).toEqual([149, 149]);
    expect(refused).toMatchObject([
      {
        event: { external_subscription_id: 'tpp-7', properties: { calls: 1 } },
        because: '{"code":["value_is_mandatory"]}',
      },
    ]);
    // The batch with it, that batch without it, and the other one.
    expect(lago.seen).toHaveLength(3);
  });

  test('fails where billing fails, so that the next run brings it', async () => {
    const data = [sum(1, '2026-11-28T11:00:00Z', 'tpp-1')];
    await using meter = await play({ '/api/v1/meters/api_calls/query': () => ({ data }) });
    await using lago = await play({ '/events/batch': () => 500 });
    const billing = { url: lago.url, apiKey: 'key', meter: 'api_calls' };
    await expect(billUsage({ meter: meter.url, billing }, now)).rejects.toThrow('billing answers 500');
    // A batch that is wrong as a whole is of nobody's in it.
    await using strict = await play({ '/events/batch': () => new Error('{"error_details":{"events":["too_many"]}}') });
    const refused = billUsage({ meter: meter.url, billing: { ...billing, url: strict.url } }, now);
    await expect(refused).rejects.toThrow('billing answers 422');
  });
});
