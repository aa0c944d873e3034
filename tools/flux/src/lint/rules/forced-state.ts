import { objectTitle } from '@fluxwright/kubernetes';
import { fluxMarkPath, isSkipped } from '../../tree/flux-mark.ts';
import { type LintRule, labelAt } from '../lint-rule.ts';

/**
 * `force` deletes and recreates an object whose dry run ends as Invalid or Conflict: a StatefulSet, a claim. It holds where
 * the FluxKustomization says so or the object does; no mark on an object takes the FluxKustomization's away
 * (fluxcd/pkg ssa v0.76.2: manager_apply.go shouldForceApply, errors/immutable.go).
 */
export const forcedState: LintRule = {
  code: 'lint/forced-state',
  check: ({ applied }) =>
    applied.flatMap(({ kustomization, spec, objects }) =>
      objects
        .filter(({ kind, object }) => ['StatefulSet', 'PersistentVolumeClaim'].includes(kind) && !isSkipped(object))
        .flatMap((object) => {
          const own = fluxMarkPath(object.object, 'force', 'enabled');
          if (own === undefined && spec.force !== true) return [];
          const spared = fluxMarkPath(object.object, 'force', 'disabled');
          const kept =
            spared === undefined
              ? labelAt(object, ['metadata', 'name'], 'this holds data')
              : labelAt(object, spared, 'this does not spare it');
          return {
            object: own === undefined ? kustomization : object,
            at: own ?? ['spec', 'force'],
            message: `a change that the API server refuses deletes ${objectTitle(object)} and makes it anew`,
            note: 'forced',
            labels: own === undefined ? kept : [],
            help: 'remove force, or move what holds data to a Kustomization without it; change such objects by hand',
          };
        }),
    ),
};
