import { valueAt } from '@fluxwright/documents';
import { objectTitle } from '@fluxwright/kubernetes';
import type { TreeObject } from '../../tree/tree-object.ts';
import { type LintFinding, type LintRule, labelAt } from '../lint-rule.ts';

/**
 * `disableWait` makes a release Ready before its pods run. A dependant that checks objects of its own by expressions is
 * let through: then that is the gate.
 */
export const unreadyDependency: LintRule = {
  code: 'lint/unready-dependency',
  check: ({ releases, applied, dependenciesOf }) => {
    const found = (object: TreeObject, index: number, release: TreeObject): LintFinding => ({
      object,
      at: ['spec', 'dependsOn', index, 'name'],
      message: `${objectTitle(object)} waits for ${objectTitle(release)}, which is ready before its pods are`,
      note: 'it starts on what may not run',
      labels: labelAt(release, ['spec', 'install', 'disableWait'], 'Helm does not wait'),
      help: 'let Helm wait, or wait for an object that shows that the service answers',
    });
    const direct = releases.flatMap((object) =>
      dependenciesOf(object).flatMap(({ index, target }) =>
        target !== undefined && isUnready(target) ? found(object, index, target) : [],
      ),
    );
    const folders = new Map(applied.map((each) => [each.kustomization, each]));
    const wrapped = applied.flatMap(({ kustomization, spec }) =>
      dependenciesOf(kustomization).flatMap(({ index, target }) => {
        if (Array.isArray(spec.healthCheckExprs)) return [];
        const release =
          target && folders.get(target)?.objects.find((each) => each.kind === 'HelmRelease' && isUnready(each));
        return release === undefined ? [] : found(kustomization, index, release);
      }),
    );
    return [...direct, ...wrapped];
  },
};

function isUnready({ object }: TreeObject): boolean {
  return valueAt(object, ['spec', 'install', 'disableWait']) === true;
}
