import { valueAt } from '@fluxwright/model';
import { objectTitle } from '../../validate/object-finding.ts';
import type { LintRule } from '../lint-rule.ts';

/** Helm makes the definitions of a chart's crds/ folder once; an upgrade skips them unless the release says otherwise. */
export const staleDefinitions: LintRule = {
  code: 'lint/stale-definitions',
  check: ({ releases }) =>
    releases.flatMap((object) => {
      const policy = valueAt(object.object, ['spec', 'upgrade', 'crds']);
      if (policy === 'CreateReplace' || policy === 'Create') return [];
      return {
        object,
        at: policy === undefined ? ['spec'] : ['spec', 'upgrade', 'crds'],
        ...(policy === undefined ? { part: 'key' as const } : {}),
        message: `upgrades of ${objectTitle(object)} leave the CRDs of its chart as they were first installed`,
        note: policy === undefined ? 'upgrade.crds is Skip by default' : 'Skip',
        help: 'set upgrade.crds: CreateReplace, or keep the CRDs in a folder of their own',
      };
    }),
};
