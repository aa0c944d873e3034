import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Secrets that the programs need, one file a key in a folder: they never come by settings or environment. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly username: string;
  readonly password: string;
}

/** Reads the keys of a mounted Secret. Throws an error that names the key, and no value. */
export function readCredentials<K extends keyof Credentials>(folder: string, keys: readonly K[]): Pick<Credentials, K> {
  return Object.fromEntries(
    keys.map((key) => {
      const file = fileOf(key);
      try {
        return [key, readFileSync(path.join(folder, file), 'utf8').trim()];
      } catch {
        throw new Error(`${folder} has no ${file}`);
      }
    }),
  ) as Pick<Credentials, K>;
}

const fileOf = (key: keyof Credentials): string =>
  ({ accessKeyId: 'access-key', secretAccessKey: 'secret-key', username: 'username', password: 'password' })[key];
