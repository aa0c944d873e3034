import { isObject } from '@fluxwright/documents';
import { objectTitle } from '@fluxwright/kubernetes';
import type { LintRule } from '../lint-rule.ts';

/** Names of variables are a letter or underscore and word characters; values lose their line breaks. */
export const variableName: LintRule = {
  code: 'lint/variable-name',
  check: ({ applied }) =>
    applied.flatMap(({ kustomization, spec }) => {
      const variables =
        isObject(spec.postBuild) && isObject(spec.postBuild.substitute) ? spec.postBuild.substitute : {};
      return Object.entries(variables).flatMap(([name, value]) => {
        const at = ['spec', 'postBuild', 'substitute', name];
        if (!/^[_a-zA-Z]\w*$/.test(name)) {
          return {
            object: kustomization,
            at,
            part: 'key' as const,
            message: `${objectTitle(kustomization)} defines "${name}", which is no name of a variable`,
            note: 'the build fails',
            help: 'use letters, digits and underscores; the first is no digit',
          };
        }
        if (typeof value !== 'string' || !value.trimEnd().includes('\n')) return [];
        return {
          object: kustomization,
          at,
          message: `the variable ${name} of ${objectTitle(kustomization)} loses its line breaks`,
          note: 'several lines',
          help: 'put text of several lines into a ConfigMap of its own',
        };
      });
    }),
};
