import { objectTitle } from '../../validate/object-finding.ts';
import { helmGroup, itemsAt, kustomizeGroup } from '../lint-context.ts';
import type { LintRule } from '../lint-rule.ts';

/** `dependsOn` sees its own kind only: FluxKustomizations wait for FluxKustomizations, releases for releases. */
export const dependencyKind: LintRule = {
  code: 'lint/dependency-kind',
  isForeign: true,
  check: ({ ofKind, find }) =>
    [...ofKind(kustomizeGroup, 'Kustomization'), ...ofKind(helmGroup, 'HelmRelease')].flatMap((object) =>
      itemsAt(object.object, ['spec', 'dependsOn']).flatMap(({ index, item }) => {
        const name = String(item.name);
        const namespace = typeof item.namespace === 'string' ? item.namespace : object.namespace;
        const other =
          object.kind === 'HelmRelease'
            ? { group: kustomizeGroup, kind: 'Kustomization' }
            : { group: helmGroup, kind: 'HelmRelease' };
        if (find({ ...object, namespace, name }) !== undefined || find({ ...other, namespace, name }) === undefined)
          return [];
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
