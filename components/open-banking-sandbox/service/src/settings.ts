import { type Environment, readEnvironment, readStore, type StoreSettings } from '@fluxwright/token-gate-service';

/** Where everything is, from the environment: the template of the Deployment sets these names. */
export interface Settings {
  readonly port: number;
  /** Issuer of the tokens, as it stands in them. */
  readonly issuer: string;
  /** Whom the tokens are for, as it stands in them: the gate. */
  readonly audience: string;
  readonly store: StoreSettings;
}

/** Throws with all names that are missing. */
export function readSettings(environment: Environment): Settings {
  return readEnvironment(environment, (reader) => ({
    port: reader.count('PORT'),
    issuer: reader.text('ISSUER'),
    audience: reader.text('AUDIENCE'),
    store: readStore(reader),
  }));
}
