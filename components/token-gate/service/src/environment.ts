export type Environment = Readonly<Record<string, string | undefined>>;

/** Takes settings out of an environment, and keeps in mind what is not there. */
export interface Reader {
  text(name: string): string;
  /** A whole number; at least 1 where nothing else is said. */
  count(name: string, least?: number): number;
}

/** What a program is told by its environment. Throws with all names that are missing. */
export function readEnvironment<T>(environment: Environment, read: (reader: Reader) => T): T {
  const missing = new Set<string>();
  const text = (name: string): string => {
    const value = environment[name];
    if (value === undefined || value === '') missing.add(name);
    return value ?? '';
  };
  const count = (name: string, least = 1): number => {
    const said = text(name);
    const value = Number(said);
    if (said !== '' && (!Number.isInteger(value) || value < least)) missing.add(`${name} (a whole number)`);
    return value;
  };
  const settings = read({ text, count });
  if (missing.size > 0) throw new Error(`not set: ${[...missing].join(', ')}`);
  return settings;
}
