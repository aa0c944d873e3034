import { valueAt } from '@fluxwright/documents';
import { objectTitle } from '@fluxwright/kubernetes';
import type { TreeObject } from '../../tree/tree-object.ts';
import { itemsAt } from '../lint-context.ts';
import type { LintRule } from '../lint-rule.ts';

/** A ConfigMap or Secret acts at once where it has the label that the controllers watch. */
export const unwatchedValues: LintRule = {
  code: 'lint/unwatched-values',
  check: ({ releases, applied, find }) => {
    const references = [
      ...releases.flatMap((holder) =>
        itemsAt(holder.object, ['spec', 'valuesFrom']).map(({ item }) => ({ holder, item })),
      ),
      ...applied.flatMap(({ kustomization: holder }) =>
        itemsAt(holder.object, ['spec', 'postBuild', 'substituteFrom']).map(({ item }) => ({ holder, item })),
      ),
    ];
    const seen = new Set<TreeObject>();
    return references.flatMap(({ holder, item }) => {
      const target = find({ group: '', kind: String(item.kind), namespace: holder.namespace, name: String(item.name) });
      if (target === undefined || seen.has(target)) return [];
      if (valueAt(target.object, ['metadata', 'labels', 'reconcile.fluxcd.io/watch']) === 'Enabled') return [];
      seen.add(target);
      return {
        object: target,
        at: ['metadata', 'name'],
        message: `a change of ${objectTitle(target)} reaches ${objectTitle(holder)} at its next interval only`,
        note: 'it is not watched',
        help: 'add the label reconcile.fluxcd.io/watch: Enabled',
      };
    });
  },
};
