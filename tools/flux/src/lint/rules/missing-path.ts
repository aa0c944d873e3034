import { objectTitle } from '@fluxwright/kubernetes';
import type { LintRule } from '../lint-rule.ts';

/**
 * The folder of a Kustomization is in the tree, where its source is this tree.
 */
export const missingPath: LintRule = {
  code: 'lint/missing-path',
  isForeign: true,
  check: ({ applied }) => {
    return applied.flatMap(({ kustomization, spec, folder, isOwn }) => {
      if (folder !== undefined || !isOwn) return [];
      return {
        object: kustomization,
        at: ['spec', 'path'],
        message: `${objectTitle(kustomization)} points at a folder that is not there: ${String(spec.path)}`,
        note: 'nobody makes it',
        help: 'correct the path',
      };
    });
  },
};
