import { objectTitle } from '@fluxwright/kubernetes';
import type { LintRule } from '../lint-rule.ts';

/**
 * Without a kustomization file Flux makes one with every YAML file below the folder, down to folders that have one of their
 * own (kustomize-controller docs/spec/v1/kustomizations.md, "Generating a kustomization.yaml file"). Where all of it lies in
 * such folders, nothing is applied by chance.
 */
export const noKustomizationFile: LintRule = {
  code: 'lint/no-kustomization-file',
  isForeign: true,
  check: ({ tree, applied }) =>
    applied.flatMap(({ kustomization, folder, objects }) => {
      const folders = new Set(tree.kustomizationFiles?.map((each) => each.folder));
      if (tree.kustomizationFiles === undefined || folder === undefined || folders.has(folder)) return [];
      const isLoose = ({ path }: { readonly path: string }) =>
        ![...folders].some((each) => path.startsWith(`${each}/`) && (folder === '' || each.startsWith(`${folder}/`)));
      if (!objects.some(isLoose)) return [];
      return {
        object: kustomization,
        at: ['spec', 'path'],
        message: `${objectTitle(kustomization)} applies every YAML file below ${folder === '' ? 'the root' : folder}`,
        note: 'no kustomization.yaml there',
        help: 'add a kustomization.yaml that lists what is meant',
      };
    }),
};
