import { findCycles } from '@fluxwright/documents';
import type { LintRule } from '../lint-rule.ts';

/** No FluxKustomization and no release waits for itself, through whatever others. */
export const dependencyCycle: LintRule = {
  code: 'lint/dependency-cycle',
  isForeign: true,
  check: ({ dependants, dependenciesOf }) =>
    findCycles(dependants, (object) => dependenciesOf(object).flatMap(({ target }) => target ?? [])).flatMap(
      (cycle) => {
        const [start] = cycle;
        if (start === undefined) return [];
        return {
          object: start,
          at: ['spec', 'dependsOn'],
          message: `${start.kind}s wait for each other: ${[...cycle, start].map(({ name }) => name).join(' → ')}`,
          note: 'none of them ever starts',
          help: 'remove one of the dependencies',
        };
      },
    ),
};
