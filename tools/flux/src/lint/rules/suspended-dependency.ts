import { objectTitle } from '@fluxwright/kubernetes';
import { fluxNode, kustomizeGroup } from '../../tree/flux-node.ts';
import { specOf } from '../lint-context.ts';
import { type LintRule, labelAt } from '../lint-rule.ts';

/**
 * A suspended FluxKustomization takes no new revision, and what waits for it of the same source takes none either.
 * Across sources, and between HelmReleases, only Ready and the generation are asked for, and a `readyExpr` takes the place of
 * all of it without its feature gate (kustomize-controller v1.9.5 internal/controller/kustomization_controller.go and
 * helm-controller v1.6.3 internal/controller/helmrelease_controller.go, checkDependencies).
 */
export const suspendedDependency: LintRule = {
  code: 'lint/suspended-dependency',
  check: ({ dependants, dependenciesOf, gates }) =>
    dependants
      .filter((object) => object.group === kustomizeGroup && specOf(object).suspend !== true)
      .flatMap((object) =>
        dependenciesOf(object).flatMap(({ index, item, target }) => {
          if (
            target === undefined ||
            specOf(target).suspend !== true ||
            fluxNode(target).source !== fluxNode(object).source
          )
            return [];
          if (typeof item.readyExpr === 'string' && gates.get('AdditiveCELDependencyCheck') !== true) return [];
          return {
            object,
            at: ['spec', 'dependsOn', index, 'name'],
            message: `${objectTitle(object)} waits for ${objectTitle(target)}, which is suspended and of the same source`,
            note: 'it stays at the revision it has, or never starts',
            labels: labelAt(target, ['spec', 'suspend'], 'suspended here'),
            help: 'resume the dependency, or remove it from dependsOn while it is suspended',
          };
        }),
      ),
};
