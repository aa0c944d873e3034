import { objectTitle } from '@fluxwright/kubernetes';
import { itemsAt } from '../lint-context.ts';
import type { LintRule } from '../lint-rule.ts';

/** An ignore rule without a target hits every object of the Kustomization. */
export const ignoreEverything: LintRule = {
  code: 'lint/ignore-everything',
  check: ({ applied }) =>
    applied.flatMap(({ kustomization }) =>
      itemsAt(kustomization.object, ['spec', 'ignore'])
        .filter(({ item }) => item.target === undefined)
        .map(({ index }) => ({
          object: kustomization,
          at: ['spec', 'ignore', index],
          message: `an ignore rule of ${objectTitle(kustomization)} has no target: it is for every object`,
          note: 'Flux no longer repairs these fields anywhere',
          help: 'add target: {kind: …, name: …}',
        })),
    ),
};
