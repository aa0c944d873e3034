import { objectTitle } from '../../validate/object-finding.ts';
import { helmGroup, itemsAt, kustomizeGroup, specOf } from '../lint-context.ts';
import { type LintRule, labelAt } from '../lint-rule.ts';

/** A suspended object takes no new revision, and what waits for it of the same source takes none either. */
export const suspendedDependency: LintRule = {
  code: 'lint/suspended-dependency',
  check: ({ ofKind, find }) =>
    [...ofKind(kustomizeGroup, 'Kustomization'), ...ofKind(helmGroup, 'HelmRelease')].flatMap((object) =>
      itemsAt(object.object, ['spec', 'dependsOn']).flatMap(({ index, item }) => {
        const namespace = typeof item.namespace === 'string' ? item.namespace : object.namespace;
        const target = find({ ...object, namespace, name: String(item.name) });
        if (target === undefined || specOf(target).suspend !== true || specOf(object).suspend === true) return [];
        return {
          object,
          at: ['spec', 'dependsOn', index, 'name'],
          message: `${objectTitle(object)} waits for ${objectTitle(target)}, which is suspended`,
          note: 'it stays at the revision it has, or never starts',
          labels: labelAt(target, ['spec', 'suspend'], 'suspended here'),
          help: 'resume the dependency, or remove it from dependsOn while it is suspended',
        };
      }),
    ),
};
