import { valueAt } from '@fluxwright/documents';
import { objectTitle } from '@fluxwright/kubernetes';
import { type LintRule, labelAt } from '../lint-rule.ts';

/**
 * `createNamespace` makes a namespace with one label, `name`, and leaves one that is there as it is (helm.sh/helm/v4 v4.3.1
 * pkg/action/install.go). Where the tree holds that Namespace and does not order it before the release, pods may start
 * before its labels are there.
 */
export const namespaceOwnedTwice: LintRule = {
  code: 'lint/namespace-owned-twice',
  check: ({ applied, releases, find, isAfter }) =>
    releases.flatMap((object) => {
      const name = valueAt(object.object, ['spec', 'targetNamespace']) ?? object.namespace;
      const space = find({ group: '', kind: 'Namespace', name: String(name) });
      if (space === undefined || valueAt(object.object, ['spec', 'install', 'createNamespace']) !== true) return [];
      const by = applied.find(({ objects }) => objects.includes(object))?.kustomization;
      const owner = applied.find(({ objects }) => objects.includes(space))?.kustomization;
      if (by !== undefined && owner !== undefined && isAfter(by, owner)) return [];
      return {
        object,
        at: ['spec', 'install', 'createNamespace'],
        message: `${objectTitle(object)} may create the namespace "${space.name}" before the tree does, without its labels`,
        note: 'with the label "name" alone',
        labels: labelAt(space, ['metadata', 'name'], 'the one with labels'),
        help: 'remove createNamespace, and let the release wait for the folder that holds the Namespace',
      };
    }),
};
