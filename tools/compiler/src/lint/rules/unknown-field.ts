import { formatPath } from '@fluxwright/model';
import { placesAt } from '../../prove/places.ts';
import { objectTitle } from '../../validate/object-finding.ts';
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

/** Release notes of Flux 2.7, 2.8 and 2.9. */
const fields: readonly { readonly kind: string; readonly path: string; readonly since: number }[] = [
  { kind: 'Kustomization', path: 'spec.dependsOn[].readyExpr', since: 7 },
  { kind: 'Kustomization', path: 'spec.ignoreMissingComponents', since: 7 },
  { kind: 'HelmRelease', path: 'spec.dependsOn[].readyExpr', since: 7 },
  { kind: 'HelmRelease', path: 'spec.install.strategy', since: 7 },
  { kind: 'HelmRelease', path: 'spec.upgrade.strategy', since: 7 },
  { kind: 'HelmRelease', path: 'spec.healthCheckExprs', since: 8 },
  { kind: 'HelmRelease', path: 'spec.waitStrategy', since: 8 },
  { kind: 'HelmRelease', path: 'spec.install.serverSideApply', since: 8 },
  { kind: 'HelmRelease', path: 'spec.upgrade.serverSideApply', since: 8 },
  { kind: 'Kustomization', path: 'spec.ignore', since: 9 },
  { kind: 'Kustomization', path: 'spec.buildMetadata', since: 9 },
  { kind: 'Kustomization', path: 'spec.postBuild.substituteStrategy', since: 9 },
  { kind: 'HelmRelease', path: 'spec.valuesFrom[].literal', since: 9 },
  { kind: 'HelmRelease', path: 'spec.postRenderStrategy', since: 9 },
  { kind: 'HelmRelease', path: 'spec.upgrade.chartNameChangeStrategy', since: 9 },
];
