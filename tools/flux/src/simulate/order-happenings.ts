import { byKey, topologicalOrder } from '@fluxwright/documents';

/** Something that happens once all it needs has happened. */
export interface Happening {
  readonly needs: readonly string[];
  /** Why it never happens, whatever comes: it is suspended, or needs what does not exist. */
  readonly blocked?: string;
}

/** How a set of happenings ends. */
export interface HappeningOrder {
  /** What happens, each after all it needs; of what could happen at once the first by name comes first. */
  readonly order: readonly string[];
  /** What never happens → why. Sorted by name. */
  readonly never: ReadonlyMap<string, Cause>;
}

/** `blocked`: by itself. `circle`: it waits for itself, round the names. `behind`: it waits for one that never happens. */
export type Cause =
  | { readonly kind: 'blocked'; readonly why: string }
  | { readonly kind: 'circle'; readonly around: readonly string[] }
  | { readonly kind: 'behind'; readonly first: string };

/** Lets happen what can, in linear time. Needs that are not among the happenings count as met. */
export function orderHappenings(happenings: ReadonlyMap<string, Happening>): HappeningOrder {
  const { order, stuck } = topologicalOrder([...happenings.keys()].sort(), (name) => {
    const { needs, blocked }: Happening = happenings.get(name) ?? { needs: [] };
    return blocked === undefined ? needs : [name];
  });
  return { order, never: causes(happenings, stuck) };
}

/** Follows each from need to need, and stops where the way ends or bites its tail; each step is walked once. */
function causes(happenings: ReadonlyMap<string, Happening>, stuck: readonly string[]): ReadonlyMap<string, Cause> {
  const found = new Map<string, Cause>();
  const never = new Set(stuck);
  for (const start of stuck) {
    const { way, end } = follow(start, (name) => {
      const { needs, blocked }: Happening = happenings.get(name) ?? { needs: [] };
      if (blocked !== undefined) found.set(name, { kind: 'blocked', why: blocked });
      return found.has(name) ? undefined : needs.filter((need) => never.has(need)).sort()[0];
    });
    const tail = end === undefined || found.has(end) ? -1 : way.indexOf(end);
    const around = tail === -1 ? [] : way.slice(tail);
    for (const each of around) found.set(each, { kind: 'circle', around });
    for (const [index, each] of way.entries()) {
      const first = way[index + 1] ?? end;
      if (!found.has(each) && first !== undefined) found.set(each, { kind: 'behind', first });
    }
  }
  return new Map([...found].sort(byKey));
}

/** The names from `start` on, and the one that stands on the way already, where the way comes back to it. */
function follow(
  start: string,
  next: (name: string) => string | undefined,
): { readonly way: readonly string[]; readonly end: string | undefined } {
  const way = new Set<string>();
  let name: string | undefined = start;
  while (name !== undefined && !way.has(name)) {
    way.add(name);
    name = next(name);
  }
  return { way: [...way], end: name };
}
