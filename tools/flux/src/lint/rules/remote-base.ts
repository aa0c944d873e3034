import type { LintRule } from '../lint-rule.ts';

/** A base behind a URL is fetched at every build, by the controller, without a revision in any status. */
export const remoteBase: LintRule = {
  code: 'lint/remote-base',
  isForeign: true,
  check: ({ tree }) =>
    (tree.kustomizationFiles ?? []).flatMap((object) =>
      ['resources', 'components', 'bases'].flatMap((key) => {
        const list = object.object[key];
        return (Array.isArray(list) ? list : []).flatMap((entry, index) => {
          if (typeof entry !== 'string' || !/^(https?|ssh|git):\/\/|^git@|^github\.com\//.test(entry)) return [];
          return {
            object,
            at: [key, index],
            message: `${object.path} fetches a base from elsewhere at every build`,
            note: 'no revision, no check, no cache',
            help: 'make it a GitRepository or OCIRepository with a Kustomization of its own',
          };
        });
      }),
    ),
};
