import { objectTitle } from '../../validate/object-finding.ts';
import { objectKey } from '../../validate/object-index.ts';
import type { LintObject } from '../lint-object.ts';
import { type LintRule, labelAt } from '../lint-rule.ts';

/** Two folders that apply one object overwrite each other; two files of one folder fail its build. */
export const duplicateObject: LintRule = {
  code: 'lint/duplicate-object',
  isForeign: true,
  check: ({ applied }) => {
    const seen = new Map<string, { readonly object: LintObject; readonly by: LintObject }>();
    return applied.flatMap(({ kustomization, objects }) =>
      objects.flatMap((object) => {
        const key = objectKey(object);
        const first = seen.get(key);
        if (first === undefined) seen.set(key, { object, by: kustomization });
        if (first === undefined || first.object === object) return [];
        const isOneFolder = first.by === kustomization;
        return {
          object,
          at: ['metadata', 'name'],
          message: `${objectTitle(object)} is applied twice`,
          note: isOneFolder
            ? 'the build of the folder fails'
            : `by ${objectTitle(first.by)} and ${objectTitle(kustomization)}`,
          labels: labelAt(first.object, ['metadata', 'name'], 'the first'),
          help: 'keep one of the two',
        };
      }),
    );
  },
};
