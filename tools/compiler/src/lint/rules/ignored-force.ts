import { isObject } from '@fluxwright/model';
import { objectTitle } from '../../validate/object-finding.ts';
import { specOf } from '../lint-context.ts';
import type { LintRule } from '../lint-rule.ts';

/** Helm 4 (Flux 2.8) applies server-side by default, where `force` has no meaning. */
export const ignoredForce: LintRule = {
  code: 'lint/ignored-force',
  check: ({ releases, minor }) =>
    releases.flatMap((object) => {
      const upgrade = specOf(object).upgrade;
      if (minor < 8 || !isObject(upgrade) || upgrade.force !== true || upgrade.serverSideApply === 'disabled')
        return [];
      return {
        object,
        at: ['spec', 'upgrade', 'force'],
        message: `upgrade.force of ${objectTitle(object)} is ignored under server-side apply`,
        note: 'no effect',
        help: 'remove it, or set upgrade.serverSideApply: disabled',
      };
    }),
};
