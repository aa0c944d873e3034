import { objectTitle } from '../../validate/object-finding.ts';
import { hasFluxMark } from '../flux-mark.ts';
import type { LintRule } from '../lint-rule.ts';

/**
 * What takes data along when it is deleted says that it is never pruned, by a label or an annotation
 * (kustomize-controller v1.9.5 internal/controller/kustomization_controller.go, deleteObjects).
 */
export const prunableData: LintRule = {
  code: 'lint/prunable-data',
  check: ({ applied }) =>
    applied
      .filter(({ spec }) => spec.prune === true)
      .flatMap(({ kustomization, objects }) =>
        objects
          .filter(({ group, kind }) => precious.includes(`${group}/${kind}`))
          .filter(
            ({ object }) =>
              !hasFluxMark(object, 'prune', 'disabled') &&
              !hasFluxMark(object, 'reconcile', 'disabled') &&
              !hasFluxMark(object, 'ssa', 'Ignore'),
          )
          .map((object) => ({
            object,
            at: ['metadata', 'name'],
            message: `${objectTitle(object)} is deleted with all it holds when it leaves the tree`,
            note: `${objectTitle(kustomization)} prunes`,
            help: 'annotate it with kustomize.toolkit.fluxcd.io/prune: disabled',
          })),
      ),
};

const precious = ['/Namespace', '/PersistentVolumeClaim', 'apiextensions.k8s.io/CustomResourceDefinition'];
