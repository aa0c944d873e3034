import { readFileSync } from 'node:fs';
import { type Environment, readEnvironment } from './environment.ts';
import { readStore, type StoreSettings } from './store.ts';

/** Scopes that a token must have on a host, by the path that they are for. */
export type Rules = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Where the gate finds everything, from the environment: the template of its Deployment sets these names. */
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
  readonly store: StoreSettings;
  readonly meter: { readonly url: string; readonly source: string; readonly event: string };
}

/** What bills take usage from and bring it to: the template of the CronJob sets these names, and no other. */
export interface BillingSettings {
  /** Address of the meter. */
  readonly meter: string;
  readonly billing: { readonly url: string; readonly apiKey: string; readonly meter: string };
}

/** Throws with all names that are missing. */
export function readSettings(environment: Environment): Settings {
  return readEnvironment(environment, (reader) => {
    const { text, count } = reader;
    const keyFile = text('CLIENT_KEY_FILE');
    return {
      port: count('PORT'),
      issuer: text('ISSUER'),
      proofs: text('PROOFS') === 'true',
      // Read each time: it may be renewed.
      client: { id: text('CLIENT_ID'), key: () => readFileSync(keyFile, 'utf8') },
      quota: { calls: count('QUOTA_CALLS'), seconds: count('QUOTA_SECONDS') },
      rules: readRules(text('RULES') || '[]'),
      store: readStore(reader),
      meter: { url: text('METER_URL'), source: text('METER_SOURCE'), event: text('METER_EVENT') },
    };
  });
}

/** Pairs of host and scopes; several routes may have one host. */
function readRules(text: string): Rules {
  const rules: Record<string, Record<string, string>> = {};
  for (const [host, scopes] of JSON.parse(text) as readonly [string, Record<string, string>][])
    rules[host] = { ...rules[host], ...scopes };
  return rules;
}

/** Throws with all names that are missing. */
export function readBillingSettings(environment: Environment): BillingSettings {
  return readEnvironment(environment, ({ text }) => ({
    meter: text('METER_URL'),
    billing: { url: text('BILLING_URL'), apiKey: text('BILLING_API_KEY'), meter: text('BILLING_METER') },
  }));
}
