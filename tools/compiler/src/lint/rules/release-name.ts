import { objectTitle } from '../../validate/object-finding.ts';
import { specOf } from '../lint-context.ts';
import type { LintRule } from '../lint-rule.ts';

/** Helm names are at most 53 characters; what Flux composes is hashed above that. */
export const releaseName: LintRule = {
  code: 'lint/release-name',
  check: ({ releases }) =>
    releases.flatMap((object) => {
      const { releaseName, targetNamespace } = specOf(object);
      if (releaseName !== undefined) return [];
      const composed = typeof targetNamespace === 'string' ? `${targetNamespace}-${object.name}` : object.name;
      if (composed === object.name && composed.length <= longest) return [];
      return {
        object,
        at: ['metadata', 'name'],
        message: `${objectTitle(object)} does not say its releaseName, so it is ${composed.length > longest ? 'cut and hashed' : composed}`,
        note: 'every object of the chart is named after it',
        help: `add releaseName: ${composed.slice(0, longest)}`,
      };
    }),
};

const longest = 53;
