import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LeaseRecord } from '../src/lease/lease-record.ts';
import { type ObjectStoreSettings, objectStore, storeFault } from '../src/store/object-store.ts';
import { type Manner, StandInStore } from './stand-in-store.ts';

const record: LeaseRecord = { holder: 'fsn1', writer: 'fsn1', epoch: 1, beat: 1, mark: 'fsn1/p/1' };
let store: StandInStore;
let settings: ObjectStoreSettings;
beforeEach(async () => {
  store = new StandInStore();
  const url = await store.listen();
  settings = { url, region: 'fsn1', accessKeyId: 'key', secretAccessKey: 'secret', request: 20_000 };
});
afterEach(() => store.close());

describe('a lease in an object store (a stand-in)', () => {
  test('is written where there is none, read back, and replaced by who knows it', async () => {
    const lease = objectStore(settings);
    expect(await lease.read()).toEqual({ is: 'absent' });
    const first = await lease.write(record, undefined);
    expect(await lease.read()).toEqual({ is: 'there', seen: { record, etag: (first as { etag: string }).etag } });
    expect(await lease.write({ ...record, beat: 2 }, (first as { etag: string }).etag)).toMatchObject({
      is: 'written',
    });
    expect(store.requests.every(({ signed }) => signed)).toBe(true);
  });

  test('is not written over what somebody else wrote', async () => {
    const lease = objectStore(settings);
    const first = await lease.write(record, undefined);
    expect(await lease.write({ ...record, holder: 'nbg1' }, undefined)).toEqual({ is: 'refused' });
    await lease.write({ ...record, beat: 2 }, (first as { etag: string }).etag);
    expect(await lease.write({ ...record, holder: 'nbg1' }, (first as { etag: string }).etag)).toEqual({
      is: 'refused',
    });
  });

  test.each<[Manner, string]>([
    ['hangs', 'no answer in time'],
    ['answers late', 'no answer in time'],
    ['unavailable', 'the store answers 503'],
  ])('is not known of a store that is %s', async (manner, why) => {
    store.manner = manner;
    const lease = objectStore({ ...settings, request: manner === 'unavailable' ? 20_000 : 250 });
    expect(await lease.read()).toEqual({ is: 'unknown', why });
    expect(await lease.write(record, undefined)).toEqual({ is: 'unknown', why });
  });

  test('is not known where another text lies there', async () => {
    store.objects.set('/pair/lease', { body: 'x', etag: '"1"' });
    expect(await objectStore(settings).read()).toEqual({ is: 'unknown', why: 'the lease is no JSON' });
  });

  test('is not known where nobody listens', async () => {
    await store.close();
    expect(await objectStore(settings).read()).toEqual({ is: 'unknown', why: 'ECONNREFUSED' });
    await store.listen();
  });
});

describe('a store is', () => {
  test('good where it keeps every condition, and is left as it was', async () => {
    expect(await storeFault(settings, 'x')).toBeUndefined();
    expect(store.objects.size).toBe(0);
  });

  test.each<[Manner, string]>([
    ['ignores if-none-match', 'it ignores If-None-Match, or does not know it'],
    ['ignores if-match', 'it ignores If-Match, or does not know it'],
    ['stale reads', 'a read after a write does not give what was written'],
    ['unavailable', 'the store answers 503'],
  ])('refused where it %s', async (manner, fault) => {
    store.manner = manner;
    expect(await storeFault(settings, 'x')).toBe(fault);
  });
});
