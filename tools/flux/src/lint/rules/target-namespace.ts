import { objectTitle } from '@fluxwright/kubernetes';
import { type LintRule, labelAt } from '../lint-rule.ts';

/** `targetNamespace` sets the namespace of all objects, and the name of a Namespace: two folders then own one. */
export const targetNamespace: LintRule = {
  code: 'lint/target-namespace',
  check: ({ applied }) =>
    applied.flatMap(({ kustomization, spec, objects }) => {
      const space =
        spec.targetNamespace === undefined
          ? undefined
          : objects.find(({ group, kind }) => group === '' && kind === 'Namespace');
      if (space === undefined) return [];
      return {
        object: kustomization,
        at: ['spec', 'targetNamespace'],
        message: `targetNamespace of ${objectTitle(kustomization)} renames ${objectTitle({ ...space, name: space.writtenName ?? space.name })}`,
        note: `it becomes the Namespace ${String(spec.targetNamespace)}`,
        labels: labelAt(space, ['metadata', 'name'], 'this one'),
        help: 'write the namespace into each object, and remove targetNamespace',
      };
    }),
};
