import { groupOf, objectTitle } from '@fluxwright/kubernetes';
import { itemsAt } from '../lint-context.ts';
import type { LintRule } from '../lint-rule.ts';

/** Expressions see the objects that are checked: with `wait` those that were applied, else those in `healthChecks`. */
export const unseenExpression: LintRule = {
  code: 'lint/unseen-expression',
  check: ({ applied }) =>
    applied.flatMap(({ kustomization, spec, folder, objects }) => {
      const named = itemsAt(kustomization.object, ['spec', 'healthChecks']).map(({ item }) => item);
      if (spec.wait === true && folder === undefined) return [];
      const checked =
        spec.wait === true
          ? objects.map(kindOf)
          : named.map(({ apiVersion, kind }) => kindOf({ group: groupOf(String(apiVersion)), kind: String(kind) }));
      return itemsAt(kustomization.object, ['spec', 'healthCheckExprs']).flatMap(({ index, item }) => {
        const { apiVersion, kind } = item;
        if (
          typeof kind !== 'string' ||
          kind === '' ||
          checked.includes(kindOf({ group: groupOf(String(apiVersion)), kind }))
        )
          return [];
        return {
          object: kustomization,
          at: ['spec', 'healthCheckExprs', index, 'kind'],
          message: `${objectTitle(kustomization)} has an expression for ${kind}, of which it checks no object`,
          note:
            spec.wait === true ? 'nothing of this kind is in its folder' : 'nothing of this kind is in healthChecks',
          help: 'what a chart makes is not seen: put the expression on the HelmRelease, or name the object in healthChecks',
        };
      });
    }),
};

function kindOf({ group, kind }: { readonly group: string; readonly kind: string }): string {
  return `${group}/${kind}`;
}
