import { objectTitle } from '../../validate/object-finding.ts';
import type { LintRule } from '../lint-rule.ts';
import { hasUnknownVariables, inlineVariables, isSubstituted, substitutions } from '../substitution.ts';

/**
 * With substitution on, a variable without a value or default is an error from Flux 2.9 on (strict by default), and was
 * empty text before. Where values come from a ConfigMap or Secret they are not known here.
 */
export const undefinedVariable: LintRule = {
  code: 'lint/undefined-variable',
  check: ({ applied, minor }) =>
    applied.flatMap((each) => {
      if (!isSubstituted(each.spec) || hasUnknownVariables(each.spec)) return [];
      const known = inlineVariables(each.spec);
      return each.objects.flatMap((object) =>
        substitutions(object)
          .filter(({ name, hasDefault }) => !hasDefault && !known.includes(name))
          .map(({ name, path, text }) => ({
            object,
            at: path,
            message: `${objectTitle(object)} uses ${text}, and ${objectTitle(each.kustomization)} does not define ${name}`,
            note: minor >= 9 ? 'Flux refuses to build the folder' : 'it becomes empty text',
            help: `define ${name} in postBuild.substitute, or write $${text} where the text itself is meant`,
          })),
      );
    }),
};
