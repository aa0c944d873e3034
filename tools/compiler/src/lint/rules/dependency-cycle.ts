import type { LintObject } from '../lint-object.ts';
import type { LintRule } from '../lint-rule.ts';

/** No FluxKustomization and no release waits for itself, through whatever others. */
export const dependencyCycle: LintRule = {
  code: 'lint/dependency-cycle',
  isForeign: true,
  check: ({ dependants, dependenciesOf }) => {
    const done = new Set<LintObject>();
    const dependencies = (object: LintObject) => dependenciesOf(object).flatMap(({ target }) => target ?? []);
    return dependants.flatMap((start) => {
      const path = done.has(start) ? undefined : wayBack(start, dependencies);
      if (path === undefined) return [];
      for (const each of path) done.add(each);
      return {
        object: start,
        at: ['spec', 'dependsOn'],
        message: `${start.kind}s wait for each other: ${[...path, start].map(({ name }) => name).join(' → ')}`,
        note: 'none of them ever starts',
        help: 'remove one of the dependencies',
      };
    });
  },
};

/** The objects on a shortest way from `start` back to it; undefined where there is none. */
function wayBack(
  start: LintObject,
  next: (object: LintObject) => readonly LintObject[],
): readonly LintObject[] | undefined {
  const ways = new Map<LintObject, readonly LintObject[]>([[start, [start]]]);
  for (const [object, way] of ways) {
    for (const each of next(object)) {
      if (each === start) return way;
      if (!ways.has(each)) ways.set(each, [...way, each]);
    }
  }
  return undefined;
}
