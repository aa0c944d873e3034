import { valueAt } from '@fluxwright/model';
import { objectTitle } from '../../validate/object-finding.ts';
import { itemsAt } from '../lint-context.ts';
import { type LintRule, labelAt } from '../lint-rule.ts';

/** `targetPath` is laid over `values`: what both set, the inline value never has. */
export const overriddenValues: LintRule = {
  code: 'lint/overridden-values',
  check: ({ releases }) =>
    releases.flatMap((object) =>
      itemsAt(object.object, ['spec', 'valuesFrom']).flatMap(({ index, item }) => {
        const { targetPath } = item;
        if (typeof targetPath !== 'string') return [];
        const path = targetPath.split('.').flatMap((part) => part.split(/\[(\d+)\]/).filter((step) => step !== ''));
        const steps = ['spec', 'values', ...path.map((step) => (/^\d+$/.test(step) ? Number(step) : step))];
        if (valueAt(object.object, steps) === undefined) return [];
        return {
          object,
          at: ['spec', 'valuesFrom', index, 'targetPath'],
          message: `${objectTitle(object)} sets ${targetPath} inline and by targetPath, which wins`,
          note: 'this one counts',
          labels: labelAt(object, steps, 'this one is never used'),
          help: 'remove one of the two',
        };
      }),
    ),
};
