import { objectTitle } from '@fluxwright/kubernetes';
import type { LintRule } from '../lint-rule.ts';
import { sourceOf } from '../source-of.ts';

/**
 * The folder of a Kustomization is in the tree, where another Kustomization of the same source has its own there: then
 * this tree is that source.
 */
export const missingPath: LintRule = {
  code: 'lint/missing-path',
  isForeign: true,
  check: ({ applied }) => {
    const sources = new Set(
      applied.filter(({ folder }) => folder !== undefined).map(({ kustomization }) => sourceOf(kustomization)),
    );
    return applied.flatMap(({ kustomization, spec, folder }) => {
      if (folder !== undefined || !sources.has(sourceOf(kustomization))) return [];
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
