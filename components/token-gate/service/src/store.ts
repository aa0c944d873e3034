import { Redis } from 'iovalkey';
import type { Settings } from './settings.ts';

/** Where quotas, proofs and what is not yet metered lie. A command that gets no answer in two seconds fails: calls are refused then. */
export function openStore(store: Settings['store']): Redis {
  const redis = new Redis({ ...store, maxRetriesPerRequest: 1, commandTimeout: 2_000, enableOfflineQueue: true });
  redis.on('error', (error) => console.error(`store: ${error.message}`));
  return redis;
}
