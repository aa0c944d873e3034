import { objectTitle } from '../../validate/object-finding.ts';
import { helmGroup, itemsAt, kustomizeGroup } from '../lint-context.ts';
import type { LintRule } from '../lint-rule.ts';

/** What a `dependsOn` names is in the tree; without a namespace it means that of the object itself. */
export const missingDependency: LintRule = {
  code: 'lint/missing-dependency',
  isForeign: true,
  check: ({ ofKind, find }) =>
    [...ofKind(kustomizeGroup, 'Kustomization'), ...ofKind(helmGroup, 'HelmRelease')].flatMap((object) =>
      itemsAt(object.object, ['spec', 'dependsOn']).flatMap(({ index, item }) => {
        const name = String(item.name);
        const namespace = typeof item.namespace === 'string' ? item.namespace : object.namespace;
        const isOther = [kustomizeGroup, helmGroup].some((group) =>
          ['Kustomization', 'HelmRelease'].some((kind) => find({ group, kind, namespace, name }) !== undefined),
        );
        if (isOther) return [];
        const elsewhere = ofKind(object.group, object.kind).find((each) => each.name === name);
        return {
          object,
          at: ['spec', 'dependsOn', index, 'name'],
          message: `${objectTitle(object)} waits for ${objectTitle({ kind: object.kind, namespace, name })}, which is not in the tree`,
          note: 'it would wait for ever',
          help:
            elsewhere === undefined
              ? `name a ${object.kind} that is there, or remove the entry`
              : `there is one in the namespace "${elsewhere.namespace}": name that namespace`,
        };
      }),
    ),
};
