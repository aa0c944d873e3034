/** By UTF-16 code units, never by locale: the same order on every machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Compares things by a text that they have; those that have the same by the next one. */
export function by<Item>(...textsOf: readonly ((item: Item) => string)[]): (a: Item, b: Item) => number {
  return (a, b) => {
    for (const textOf of textsOf) {
      const verdict = compareText(textOf(a), textOf(b));
      if (verdict !== 0) return verdict;
    }
    return 0;
  };
}

/** Compares what has a path by it. */
export const byPath: (a: { readonly path: string }, b: { readonly path: string }) => number = by(({ path }) => path);

/** Compares the entries of a map by their keys. */
export function byKey([a]: readonly [string, ...unknown[]], [b]: readonly [string, ...unknown[]]): number {
  return compareText(a, b);
}
