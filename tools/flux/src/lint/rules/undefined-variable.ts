import { objectTitle } from '@fluxwright/kubernetes';
import type { LintRule } from '../lint-rule.ts';
import { hasUnknownVariables, inlineVariables, isSubstituted, substitutions } from '../substitution.ts';

/**
 * With substitution on, a variable without a value or default is an error from Flux 2.9 on, where the feature gate
 * StrictPostBuildSubstitutions is on by default, and was empty text before
 * (kustomize-controller v1.9.5 internal/features/features.go). Where values come from a ConfigMap or Secret they are not
 * known here. What is no form of a variable fails the build in every version.
 */
export const undefinedVariable: LintRule = {
  code: 'lint/undefined-variable',
  check: ({ applied, minor, gates }) =>
    applied.flatMap((each) => {
      if (!isSubstituted(each.spec)) return [];
      const isStrict = gates.get('StrictPostBuildSubstitutions') ?? minor >= 9;
      const known = inlineVariables(each.spec);
      const isOpen = hasUnknownVariables(each.spec);
      return each.objects.flatMap((object) =>
        substitutions(object)
          .filter(({ name, hasDefault, isForm }) => !isForm || (!isOpen && !hasDefault && !known.includes(name)))
          .map(({ name, path, text, isForm }) => ({
            object,
            at: path,
            message: isForm
              ? `${objectTitle(object)} uses ${text}, and ${objectTitle(each.kustomization)} does not define ${name}`
              : `${objectTitle(object)} holds ${text}, and ${objectTitle(each.kustomization)} substitutes: this is no variable`,
            note: isForm && !isStrict ? 'it becomes empty text' : 'Flux refuses to build the folder',
            help: isForm
              ? `define ${name} in postBuild.substitute, or write $${text} where the text itself is meant`
              : `write $${text} where the text itself is meant, or annotate the object with kustomize.toolkit.fluxcd.io/substitute: disabled`,
          })),
      );
    }),
};
