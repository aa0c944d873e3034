import { objectTitle } from '@fluxwright/kubernetes';
import type { LintRule } from '../lint-rule.ts';
import { duplicateObject } from './duplicate-object.ts';
import { helmInflation } from './helm-inflation.ts';

/** A folder that kustomize cannot build is not applied at all. What has a rule of its own is left to that. */
export const failedBuild: LintRule = {
  code: 'lint/failed-build',
  isForeign: true,
  check: (context) => {
    const failed = context.applied.filter(({ fault }) => fault !== undefined);
    if (failed.length === 0) return [];
    const known = [helmInflation, duplicateObject].flatMap((rule) => rule.check(context));
    return failed
      .filter(({ folder = '' }) => !known.some(({ object }) => folder === '' || object.path.startsWith(`${folder}/`)))
      .map(({ kustomization, folder, fault }) => ({
        object: kustomization,
        at: ['spec', 'path'],
        message: `${objectTitle(kustomization)} cannot be built: ${fault}`,
        note: 'nothing of it is applied',
        help: `correct it until \`kustomize build ${folder === '' ? '.' : folder}\` works`,
      }));
  },
};
