import { isObject } from '@fluxwright/model';
import { objectTitle } from '../../validate/object-finding.ts';
import type { AppliedFolder } from '../lint-context.ts';
import type { LintRule } from '../lint-rule.ts';

/**
 * The folder of a Kustomization is in the tree, where another Kustomization of the same source has its own there: then
 * this tree is that source.
 */
export const missingPath: LintRule = {
  code: 'lint/missing-path',
  isForeign: true,
  check: ({ applied }) => {
    const sources = new Set(applied.filter(({ folder }) => folder !== undefined).map(sourceOf));
    return applied.flatMap((each) => {
      const { kustomization, spec, folder } = each;
      if (folder !== undefined || !sources.has(sourceOf(each))) return [];
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

function sourceOf({ kustomization, spec: { sourceRef } }: AppliedFolder): string {
  if (!isObject(sourceRef)) return '';
  return `${String(sourceRef.kind)} ${String(sourceRef.namespace ?? kustomization.namespace)} ${String(sourceRef.name)}`;
}
