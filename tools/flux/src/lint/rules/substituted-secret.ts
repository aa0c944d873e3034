import { isObject } from '@fluxwright/documents';
import { objectTitle } from '@fluxwright/kubernetes';
import type { LintRule } from '../lint-rule.ts';
import { isSubstituted } from '../substitution.ts';

/** `data` of a Secret is base64: substitution sees the variable only in `stringData`. */
export const substitutedSecret: LintRule = {
  code: 'lint/substituted-secret',
  check: ({ applied }) =>
    applied.flatMap((each) => {
      if (!isSubstituted(each.spec)) return [];
      return each.objects
        .filter(({ group, kind }) => group === '' && kind === 'Secret')
        .flatMap((object) =>
          Object.entries(isObject(object.object.data) ? object.object.data : {}).flatMap(([key, value]) => {
            if (typeof value !== 'string' || !/\$\{\w+/.test(Buffer.from(value, 'base64').toString('utf8'))) return [];
            return {
              object,
              at: ['data', key],
              part: 'key' as const,
              message: `${objectTitle(object)} has a variable in data.${key}, where Flux does not see it`,
              note: 'base64',
              help: 'use stringData',
            };
          }),
        );
    }),
};
