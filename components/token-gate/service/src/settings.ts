import { readFileSync } from 'node:fs';

/** Scopes that a token must have on a host, by the path that they are for. */
export type Rules = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Where everything is, from the environment: the templates of the component set these names. */
export interface Settings {
  readonly port: number;
  /** Issuer of the tokens, as it stands in them. */
  readonly issuer: string;
  /** Whether each token has to be bound to a key that the caller shows (DPoP). */
  readonly proofs: boolean;
  /** The client that the gate is at the issuer, and the file with its private key. */
  readonly client: { readonly id: string; readonly key: () => string };
  readonly quota: { readonly calls: number; readonly seconds: number };
  readonly rules: Rules;
  readonly store: {
    readonly host: string;
    readonly port: number;
    readonly db: number;
    readonly username: string;
    readonly password: string;
  };
  readonly meter: { readonly url: string; readonly source: string; readonly event: string };
  /** What bills take usage from and bring it to. */
  readonly billing: { readonly url: string; readonly apiKey: string; readonly meter: string } | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Throws with all names that are missing. */
export function readSettings(environment: Environment): Settings {
  const missing: string[] = [];
  const text = (name: string): string => {
    const value = environment[name];
    if (value === undefined || value === '') missing.push(name);
    return value ?? '';
  };
  const count = (name: string, least = 1): number => {
    const value = Number(text(name));
    if (!Number.isInteger(value) || value < least) missing.push(`${name} (a whole number)`);
    return value;
  };
  const keyFile = text('CLIENT_KEY_FILE');
  const settings: Settings = {
    port: count('PORT'),
    issuer: text('ISSUER'),
    proofs: text('PROOFS') === 'true',
    // Read each time: it may be renewed.
    client: { id: text('CLIENT_ID'), key: () => readFileSync(keyFile, 'utf8') },
    quota: { calls: count('QUOTA_CALLS'), seconds: count('QUOTA_SECONDS') },
    rules: JSON.parse(text('RULES') || '{}'),
    store: {
      host: text('STORE_HOST'),
      port: count('STORE_PORT'),
      db: count('STORE_DATABASE', 0),
      username: text('STORE_USERNAME'),
      password: text('STORE_PASSWORD'),
    },
    meter: { url: text('METER_URL'), source: text('METER_SOURCE'), event: text('METER_EVENT') },
    billing: environment.BILLING_URL
      ? { url: environment.BILLING_URL, apiKey: text('BILLING_API_KEY'), meter: text('BILLING_METER') }
      : undefined,
  };
  if (missing.length > 0) throw new Error(`not set: ${[...new Set(missing)].join(', ')}`);
  return settings;
}
