import { objectTitle } from '@fluxwright/kubernetes';
import { fluxMarkPath, hasFluxMark } from '../../tree/flux-mark.ts';
import { type LintRule, labelAt } from '../lint-rule.ts';

/**
 * What takes data along when it is deleted says that it is never pruned, by a label or an annotation that the object in
 * the cluster has. Pruning spares `reconcile: disabled` and `ssa: Ignore` as well, but such an object is not applied, so Flux
 * brings neither to the cluster (kustomize-controller v1.9.5 internal/controller/kustomization_controller.go deleteObjects;
 * fluxcd/pkg ssa v0.76.2 manager_delete.go Delete, manager_apply.go shouldSkipApply).
 */
export const prunableData: LintRule = {
  code: 'lint/prunable-data',
  check: ({ applied }) =>
    applied
      .filter(({ spec }) => spec.prune === true)
      .flatMap(({ kustomization, objects }) =>
        objects
          .filter(({ group, kind }) => precious.includes(`${group}/${kind}`))
          .filter(({ object }) => !hasFluxMark(object, 'prune', 'disabled'))
          .map((object) => {
            const vain =
              fluxMarkPath(object.object, 'reconcile', 'disabled') ?? fluxMarkPath(object.object, 'ssa', 'Ignore');
            return {
              object,
              at: ['metadata', 'name'],
              message: `${objectTitle(object)} is deleted with all it holds when it leaves the tree`,
              note: `${objectTitle(kustomization)} prunes`,
              labels: vain === undefined ? [] : labelAt(object, vain, 'with this Flux applies no mark of it'),
              help: `annotate it${vain === undefined ? '' : ' in the cluster'} with kustomize.toolkit.fluxcd.io/prune: disabled`,
            };
          }),
      ),
};

const precious = ['/Namespace', '/PersistentVolumeClaim', 'apiextensions.k8s.io/CustomResourceDefinition'];
