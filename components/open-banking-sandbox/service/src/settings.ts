/** Where everything is, from the environment: the template of the Deployment sets these names. */
export interface Settings {
  readonly port: number;
  /** Issuer of the tokens, as it stands in them. */
  readonly issuer: string;
  readonly store: {
    readonly host: string;
    readonly port: number;
    readonly db: number;
    readonly username: string;
    readonly password: string;
  };
}

/** Throws with all names that are missing. */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const missing: string[] = [];
  const text = (name: string): string => {
    const value = environment[name];
    if (value === undefined || value === '') missing.push(name);
    return value ?? '';
  };
  const settings = {
    port: Number(text('PORT')),
    issuer: text('ISSUER'),
    store: {
      host: text('STORE_HOST'),
      port: Number(text('STORE_PORT')),
      db: Number(text('STORE_DATABASE')),
      username: text('STORE_USERNAME'),
      password: text('STORE_PASSWORD'),
    },
  };
  if (missing.length > 0) throw new Error(`not set: ${missing.join(', ')}`);
  return settings;
}
