import { objectTitle } from '../../validate/object-finding.ts';
import { specOf } from '../lint-context.ts';
import { type LintRule, labelAt } from '../lint-rule.ts';

/** A suspended object takes no new revision, and what waits for it of the same source takes none either. */
export const suspendedDependency: LintRule = {
  code: 'lint/suspended-dependency',
  check: ({ dependants, dependenciesOf }) =>
    dependants.flatMap((object) =>
      dependenciesOf(object).flatMap(({ index, target }) => {
        if (target === undefined || specOf(target).suspend !== true || specOf(object).suspend === true) return [];
        return {
          object,
          at: ['spec', 'dependsOn', index, 'name'],
          message: `${objectTitle(object)} waits for ${objectTitle(target)}, which is suspended`,
          note: 'it stays at the revision it has, or never starts',
          labels: labelAt(target, ['spec', 'suspend'], 'suspended here'),
          help: 'resume the dependency, or remove it from dependsOn while it is suspended',
        };
      }),
    ),
};
