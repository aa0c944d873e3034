import { objectTitle } from '@fluxwright/kubernetes';
import type { LintRule } from '../lint-rule.ts';
import { hasUnknownVariables, inlineVariables, isSubstituted, substitutions } from '../substitution.ts';

/** Dashboards, scripts and collector configurations have `${…}` of their own; with substitution on Flux acts on them. */
export const substitutedText: LintRule = {
  code: 'lint/substituted-text',
  check: ({ applied }) =>
    applied.flatMap((each) => {
      if (!isSubstituted(each.spec) || !hasUnknownVariables(each.spec)) return [];
      const known = inlineVariables(each.spec);
      return each.objects
        .filter(({ kind }) => kind === 'ConfigMap')
        .flatMap((object) =>
          substitutions(object)
            .filter(({ name, path }) => path[0] === 'data' && !known.includes(name))
            .slice(0, 1)
            .map(({ path, text }) => ({
              object,
              at: path,
              message: `${objectTitle(object)} holds ${text}, which ${objectTitle(each.kustomization)} will try to substitute`,
              note: 'meant for Flux, or for the program that reads it?',
              help: 'annotate the object with kustomize.toolkit.fluxcd.io/substitute: disabled, or double the dollar',
            })),
        );
    }),
};
