/** A map that forgets what was used longest ago once it has more than `limit` entries. */
export interface BoundedMap<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
  /** Oldest use first. */
  keys(): Iterable<string>;
}

/** Map keeps insertion order, so the first key is the one used longest ago. */
export function boundedMap<Value>(limit: number): BoundedMap<Value> {
  const entries = new Map<string, Value>();
  const put = (key: string, value: Value): void => {
    entries.delete(key);
    entries.set(key, value);
    if (entries.size > limit) entries.delete(entries.keys().next().value as string);
  };
  return {
    get: (key) => {
      const value = entries.get(key);
      if (value !== undefined) put(key, value);
      return value;
    },
    set: put,
    keys: () => entries.keys(),
  };
}
