import { objectTitle } from '@fluxwright/kubernetes';
import { composedName, releaseNameOf } from '../../release/release-name.ts';
import { specOf } from '../lint-context.ts';
import type { LintRule } from '../lint-rule.ts';

/** Helm names are at most 53 characters; what Flux composes is hashed above that. */
export const releaseName: LintRule = {
  code: 'lint/release-name',
  check: ({ releases }) =>
    releases.flatMap((object) => {
      const spec = specOf(object);
      if (spec.releaseName !== undefined) return [];
      const name = releaseNameOf(spec, object.name);
      if (name === object.name) return [];
      const isHashed = name !== composedName(spec, object.name);
      return {
        object,
        at: ['metadata', 'name'],
        message: `${objectTitle(object)} does not say its releaseName, so it is ${isHashed ? 'cut and hashed to ' : ''}${name}`,
        note: 'every object of the chart is named after it',
        help: `add releaseName: ${name}, the name that it has`,
      };
    }),
};
