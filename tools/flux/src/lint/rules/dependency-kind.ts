import { objectTitle } from '@fluxwright/kubernetes';
import { helmGroup, kustomizeGroup } from '../../tree/flux-node.ts';
import type { LintRule } from '../lint-rule.ts';

/** `dependsOn` sees its own kind only: FluxKustomizations wait for FluxKustomizations, releases for releases. */
export const dependencyKind: LintRule = {
  code: 'lint/dependency-kind',
  isForeign: true,
  check: ({ dependants, dependenciesOf, find }) =>
    dependants.flatMap((object) =>
      dependenciesOf(object).flatMap(({ index, namespace, name, target }) => {
        const other =
          object.kind === 'HelmRelease'
            ? { group: kustomizeGroup, kind: 'Kustomization' }
            : { group: helmGroup, kind: 'HelmRelease' };
        if (target !== undefined || find({ ...other, namespace, name }) === undefined) return [];
        return {
          object,
          at: ['spec', 'dependsOn', index, 'name'],
          message: `${objectTitle(object)} waits for the ${other.kind} ${name}, which its dependsOn cannot see`,
          note: `there is no ${object.kind} of that name`,
          help:
            object.kind === 'HelmRelease'
              ? 'put the order between the Kustomizations that apply the two'
              : 'wait for the Kustomization that applies the release, and let that one wait for the release',
        };
      }),
    ),
};
