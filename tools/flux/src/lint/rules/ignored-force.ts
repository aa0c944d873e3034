import { valueAt } from '@fluxwright/documents';
import { objectTitle } from '@fluxwright/kubernetes';
import type { LintRule } from '../lint-rule.ts';

/**
 * Helm 4 (Flux 2.8) applies server-side, where objects cannot be replaced by force: helm-controller drops `force` from
 * 1.5.4 on, that is Flux 2.8.6; before, Helm refused the upgrade (fluxcd/helm-controller#1463; helm.sh/helm/v4 v4.3.1
 * pkg/kube/client.go, Update). A release that was last applied client-side stays so until it is asked to change.
 */
export const ignoredForce: LintRule = {
  code: 'lint/ignored-force',
  check: ({ releases, minor, patch = Number.POSITIVE_INFINITY }) => {
    if (minor < 8) return [];
    const isRefused = minor === 8 && patch < 6;
    return releases.flatMap((object) =>
      ['upgrade', 'rollback']
        .filter(
          (action) =>
            valueAt(object.object, ['spec', action, 'force']) === true &&
            valueAt(object.object, ['spec', action, 'serverSideApply']) !== 'disabled',
        )
        .map((action) => ({
          object,
          at: ['spec', action, 'force'],
          message: `${action}.force of ${objectTitle(object)} ${isRefused ? 'makes Helm refuse to apply it' : 'is ignored'} under server-side apply`,
          note: isRefused ? 'it fails until Flux 2.8.6' : 'no effect',
          help: `remove it, or set ${action}.serverSideApply: disabled`,
        })),
    );
  },
};
