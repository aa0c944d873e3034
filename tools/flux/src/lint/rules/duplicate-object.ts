import { objectKey, objectTitle } from '@fluxwright/kubernetes';
import type { TreeObject } from '../../tree/tree-object.ts';
import { type LintRule, labelAt } from '../lint-rule.ts';

/**
 * Two folders that apply one object overwrite each other; two files of one folder fail its build. Garbage collection
 * deletes an object only for the FluxKustomization that its labels name, the one that applied it last
 * (kustomize-controller v1.9.5 internal/controller/kustomization_controller.go deleteObjects: Inclusions).
 */
export const duplicateObject: LintRule = {
  code: 'lint/duplicate-object',
  isForeign: true,
  check: ({ applied }) => {
    const seen = new Map<string, { readonly object: TreeObject; readonly by: TreeObject }>();
    return applied.flatMap(({ kustomization, objects }) =>
      objects.flatMap((object) => {
        const key = objectKey(object);
        const first = seen.get(key);
        if (first === undefined) seen.set(key, { object, by: kustomization });
        if (first === undefined || isSameDocument(first.object, object)) return [];
        const isOneFolder = first.by === kustomization;
        return {
          object,
          at: ['metadata', 'name'],
          message: `${objectTitle(object)} is applied twice`,
          note: isOneFolder
            ? 'the build of the folder fails'
            : `by ${objectTitle(first.by)} and ${objectTitle(kustomization)}`,
          labels: labelAt(first.object, ['metadata', 'name'], 'the first'),
          help: isOneFolder
            ? 'keep one of the two'
            : 'keep one of the two; it is deleted when the one that applied it last lets it go',
        };
      }),
    );
  },
};

/** One document that two folders list is one object to mend, and which of them should have it is another question. */
function isSameDocument(a: TreeObject, b: TreeObject): boolean {
  if (a === b) return true;
  const [one] = a.locate(['kind']);
  const [other] = b.locate(['kind']);
  return a.path === b.path && one?.start !== undefined && JSON.stringify(one) === JSON.stringify(other);
}
