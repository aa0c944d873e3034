import { formatPath, placesAt } from '@fluxwright/documents';
import { objectTitle } from '@fluxwright/kubernetes';
import type { LintRule } from '../lint-rule.ts';

/** Fields come with minors: an older API server refuses or drops them. */
export const unknownField: LintRule = {
  code: 'lint/unknown-field',
  check: ({ tree, minor }) =>
    fields
      .filter(({ since }) => minor < since)
      .flatMap(({ kind, path, since }) =>
        tree.objects
          .filter((object) => object.kind === kind && object.group.endsWith('.toolkit.fluxcd.io'))
          .flatMap((object) =>
            placesAt(object.object, path).map((place) => ({
              object,
              at: place.path,
              part: 'key' as const,
              message: `Flux 2.${minor} does not know ${formatPath(place.path)} of ${objectTitle(object)}`,
              note: `since 2.${since}`,
              help: `raise the cluster to Flux 2.${since}, or leave it out`,
            })),
          ),
      ),
};

/**
 * Fields that config/crd/bases of the controllers have in one minor of Flux and not in the one before: compared between the
 * tags that flux2 v2.6.0, v2.7.0, v2.8.0 and v2.9.0 bring (manifests/bases): kustomize-controller v1.6.0, v1.7.0, v1.8.0,
 * v1.9.1; helm-controller v1.3.0, v1.4.0, v1.5.0, v1.6.1; source-controller v1.6.0, v1.7.0, v1.8.0, v1.9.1;
 * notification-controller v1.6.0, v1.7.1, v1.8.0, v1.9.1; image-automation-controller v0.41.0, v1.0.1, v1.1.0, v1.2.1.
 */
const fields: readonly { readonly kind: string; readonly path: string; readonly since: number }[] = [
  { kind: 'Kustomization', path: 'spec.dependsOn[].readyExpr', since: 7 },
  { kind: 'Kustomization', path: 'spec.ignoreMissingComponents', since: 7 },
  { kind: 'Kustomization', path: 'spec.kubeConfig.configMapRef', since: 7 },
  { kind: 'HelmRelease', path: 'spec.commonMetadata', since: 7 },
  { kind: 'HelmRelease', path: 'spec.dependsOn[].readyExpr', since: 7 },
  { kind: 'HelmRelease', path: 'spec.install.strategy', since: 7 },
  { kind: 'HelmRelease', path: 'spec.kubeConfig.configMapRef', since: 7 },
  { kind: 'HelmRelease', path: 'spec.upgrade.strategy', since: 7 },
  { kind: 'Bucket', path: 'spec.serviceAccountName', since: 7 },
  { kind: 'GitRepository', path: 'spec.serviceAccountName', since: 7 },
  { kind: 'Provider', path: 'spec.proxySecretRef', since: 7 },
  { kind: 'HelmRelease', path: 'spec.healthCheckExprs', since: 8 },
  { kind: 'HelmRelease', path: 'spec.install.serverSideApply', since: 8 },
  { kind: 'HelmRelease', path: 'spec.rollback.serverSideApply', since: 8 },
  { kind: 'HelmRelease', path: 'spec.upgrade.serverSideApply', since: 8 },
  { kind: 'HelmRelease', path: 'spec.waitStrategy', since: 8 },
  { kind: 'Kustomization', path: 'spec.buildMetadata', since: 9 },
  { kind: 'Kustomization', path: 'spec.ignore', since: 9 },
  { kind: 'Kustomization', path: 'spec.postBuild.substituteStrategy', since: 9 },
  { kind: 'HelmRelease', path: 'spec.postRenderStrategy', since: 9 },
  { kind: 'HelmRelease', path: 'spec.upgrade.chartNameChangeStrategy', since: 9 },
  { kind: 'HelmRelease', path: 'spec.valuesFrom[].literal', since: 9 },
  { kind: 'OCIRepository', path: 'spec.verify.trustedRootSecretRef', since: 9 },
  { kind: 'Receiver', path: 'spec.oidcProviders', since: 9 },
  { kind: 'Receiver', path: 'spec.resources[].filter', since: 9 },
  { kind: 'ImageUpdateAutomation', path: 'spec.git.commit.signingKey.type', since: 9 },
];
