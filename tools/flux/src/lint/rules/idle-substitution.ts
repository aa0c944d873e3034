import { isObject } from '@fluxwright/documents';
import { objectTitle } from '@fluxwright/kubernetes';
import type { LintRule } from '../lint-rule.ts';
import { isSubstituted, substitutions } from '../substitution.ts';

/** Without any variable Flux substitutes nothing, defaults included; from 2.9 on a strategy can ask for it. */
export const idleSubstitution: LintRule = {
  code: 'lint/idle-substitution',
  check: ({ applied }) =>
    applied.flatMap((each) => {
      const postBuild = each.spec.postBuild;
      if (!isObject(postBuild) || postBuild.substituteStrategy === 'Always' || isSubstituted(each.spec)) return [];
      return each.objects.flatMap((object) =>
        substitutions(object)
          .slice(0, 1)
          .map(({ path, text }) => ({
            object,
            at: path,
            message: `${text} in ${objectTitle(object)} stays as it is: ${objectTitle(each.kustomization)} defines no variable`,
            note: 'not substituted',
            help: 'define a variable, or from Flux 2.9 on set postBuild.substituteStrategy: Always',
          })),
      );
    }),
};
