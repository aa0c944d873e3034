import { objectTitle } from '@fluxwright/kubernetes';
import { helmGroup, kustomizeGroup } from '../../tree/flux-node.ts';
import type { LintRule } from '../lint-rule.ts';

/** What a `dependsOn` names is in the tree; without a namespace it means that of the object itself. */
export const missingDependency: LintRule = {
  code: 'lint/missing-dependency',
  isForeign: true,
  check: ({ dependants, dependenciesOf, ofKind, find }) =>
    dependants.flatMap((object) =>
      dependenciesOf(object).flatMap(({ index, namespace, name }) => {
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
