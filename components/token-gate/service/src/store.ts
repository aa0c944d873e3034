import { Redis } from 'iovalkey';
import type { Reader } from './environment.ts';

export interface StoreSettings {
  readonly host: string;
  readonly port: number;
  readonly db: number;
  readonly username: string;
  readonly password: string;
}

export function readStore({ text, count }: Reader): StoreSettings {
  return {
    host: text('STORE_HOST'),
    port: count('STORE_PORT'),
    db: count('STORE_DATABASE', 0),
    username: text('STORE_USERNAME'),
    password: text('STORE_PASSWORD'),
  };
}

/** A command that gets no answer in two seconds fails: calls are refused then. */
export function openStore(store: StoreSettings): Redis {
  const redis = new Redis({ ...store, maxRetriesPerRequest: 1, commandTimeout: 2_000 });
  redis.on('error', (error) => console.error(`store: ${error.message}`));
  return redis;
}
