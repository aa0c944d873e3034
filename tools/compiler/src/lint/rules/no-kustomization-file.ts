import { objectTitle } from '../../validate/object-finding.ts';
import type { LintRule } from '../lint-rule.ts';

/** Without a kustomization file Flux makes one with every YAML file below the folder. */
export const noKustomizationFile: LintRule = {
  code: 'lint/no-kustomization-file',
  isForeign: true,
  check: ({ tree, applied }) =>
    applied.flatMap(({ kustomization, folder, objects }) => {
      const files = tree.kustomizationFiles;
      if (files === undefined || folder === undefined || objects.length === 0) return [];
      if (files.some((each) => each.folder === folder)) return [];
      return {
        object: kustomization,
        at: ['spec', 'path'],
        message: `${objectTitle(kustomization)} applies every YAML file below ${folder === '' ? 'the root' : folder}`,
        note: 'no kustomization.yaml there',
        help: 'add a kustomization.yaml that lists what is meant',
      };
    }),
};
