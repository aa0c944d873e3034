import { valueAt } from '@fluxwright/model';
import { objectTitle } from '../../validate/object-finding.ts';
import { type LintRule, labelAt } from '../lint-rule.ts';

/** `force` deletes and recreates what cannot be changed in place: a StatefulSet, a claim. */
export const forcedState: LintRule = {
  code: 'lint/forced-state',
  check: ({ applied }) =>
    applied.flatMap(({ kustomization, spec, objects }) =>
      objects
        .filter(({ kind }) => kind === 'StatefulSet' || kind === 'PersistentVolumeClaim')
        .flatMap((object) => {
          const annotation = ['metadata', 'annotations', 'kustomize.toolkit.fluxcd.io/force'];
          const own = valueAt(object.object, annotation);
          if (own !== 'enabled' && (spec.force !== true || own === 'disabled')) return [];
          return {
            object: own === 'enabled' ? object : kustomization,
            at: own === 'enabled' ? annotation : ['spec', 'force'],
            message: `a change that cannot be made in place deletes ${objectTitle(object)} and makes it anew`,
            note: 'forced',
            labels: own === 'enabled' ? [] : labelAt(object, ['metadata', 'name'], 'this holds data'),
            help: 'remove force, and change such objects by hand',
          };
        }),
    ),
};
