import { valueAt } from '@fluxwright/model';
import { objectTitle } from '../../validate/object-finding.ts';
import { type LintRule, labelAt } from '../lint-rule.ts';

/** A namespace has one owner: an object of the tree, or `createNamespace` of one release. */
export const namespaceOwnedTwice: LintRule = {
  code: 'lint/namespace-owned-twice',
  check: ({ releases, find }) =>
    releases.flatMap((object) => {
      const name = valueAt(object.object, ['spec', 'targetNamespace']) ?? object.namespace;
      const space = find({ group: '', kind: 'Namespace', name: String(name) });
      if (space === undefined || valueAt(object.object, ['spec', 'install', 'createNamespace']) !== true) return [];
      return {
        object,
        at: ['spec', 'install', 'createNamespace'],
        message: `${objectTitle(object)} creates the namespace "${space.name}", which the tree holds as well`,
        note: 'whoever comes first makes it, with or without its labels',
        labels: labelAt(space, ['metadata', 'name'], 'the other owner'),
        help: 'remove createNamespace, and let the release wait for the folder that holds the Namespace',
      };
    }),
};
