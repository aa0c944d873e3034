import { valueAt } from '@fluxwright/documents';
import { objectTitle } from '@fluxwright/kubernetes';
import { specOf } from '../lint-context.ts';
import { type LintRule, labelAt } from '../lint-rule.ts';

/** Expressions on a release run with the poller strategy and while waiting is on. */
export const idleExpression: LintRule = {
  code: 'lint/idle-expression',
  check: ({ releases }) =>
    releases.flatMap((object) => {
      const spec = specOf(object);
      if (!Array.isArray(spec.healthCheckExprs) || spec.healthCheckExprs.length === 0) return [];
      const because = (
        [
          ['spec', 'waitStrategy', 'name'],
          ['spec', 'install', 'disableWait'],
          ['spec', 'upgrade', 'disableWait'],
        ] as const
      ).find((path) => ['legacy', true].includes(valueAt(object.object, path) as string | boolean));
      if (because === undefined) return [];
      return {
        object,
        at: ['spec', 'healthCheckExprs'],
        part: 'key',
        message: `${objectTitle(object)} has health expressions that are not evaluated`,
        note: 'never read',
        labels: labelAt(object, because, 'because of this'),
        help: 'use the wait strategy poller and leave waiting on',
      };
    }),
};
