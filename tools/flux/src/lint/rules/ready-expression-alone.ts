import { objectTitle } from '@fluxwright/kubernetes';
import type { LintRule } from '../lint-rule.ts';

/** `readyExpr` replaces the built-in check, unless a feature gate adds it: then nobody looks at Ready. */
export const readyExpressionAlone: LintRule = {
  code: 'lint/ready-expression-alone',
  check: ({ dependants, dependenciesOf, gates }) =>
    (gates.get('AdditiveCELDependencyCheck') === true ? [] : dependants).flatMap((object) =>
      dependenciesOf(object).flatMap(({ index, item, name }) => {
        const expression = item.readyExpr;
        if (typeof expression !== 'string' || expression.includes('Ready')) return [];
        return {
          object,
          at: ['spec', 'dependsOn', index, 'readyExpr'],
          message: `${objectTitle(object)} does not ask whether ${name} is ready`,
          note: 'the expression takes the place of the built-in check',
          help: "add: dep.status.conditions.exists(c, c.type == 'Ready' && c.status == 'True')",
        };
      }),
    ),
};
