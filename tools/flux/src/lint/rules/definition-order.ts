import { valueAt } from '@fluxwright/documents';
import { objectTitle } from '@fluxwright/kubernetes';
import type { TreeObject } from '../../tree/tree-object.ts';
import { specOf } from '../lint-context.ts';
import { type LintRule, labelAt } from '../lint-rule.ts';

/** Flux orders definitions before their objects within a folder only. */
export const definitionOrder: LintRule = {
  code: 'lint/definition-order',
  isForeign: true,
  check: ({ applied, isAfter }) => {
    const definitions = new Map<string, { readonly by: TreeObject; readonly object: TreeObject }>();
    for (const { kustomization, objects } of applied) {
      for (const object of objects) {
        if (object.kind !== 'CustomResourceDefinition') continue;
        const names = valueAt(object.object, ['spec', 'names', 'kind']);
        definitions.set(`${String(specOf(object).group)}/${String(names)}`, { by: kustomization, object });
      }
    }
    return applied.flatMap(({ kustomization, objects }) => {
      const seen = new Set<string>();
      return objects.flatMap((object) => {
        const key = `${object.group}/${object.kind}`;
        const definition = definitions.get(key);
        if (definition === undefined || seen.has(key)) return [];
        seen.add(key);
        if (isAfter(kustomization, definition.by)) return [];
        return {
          object,
          at: ['kind'],
          message: `${objectTitle(object)} may be applied before its kind is defined`,
          note: `${objectTitle(kustomization)} does not wait for ${objectTitle(definition.by)}`,
          labels: labelAt(definition.object, ['metadata', 'name'], 'defined here'),
          help: `add dependsOn: [{name: ${definition.by.name}}]`,
        };
      });
    });
  },
};
