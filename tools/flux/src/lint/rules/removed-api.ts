import type { TreeObject } from '../../tree/tree-object.ts';
import type { LintRule } from '../lint-rule.ts';

/** API versions end: the table says with which minor. */
export const removedApi: LintRule = {
  code: 'lint/removed-api',
  check: ({ tree, minor }) =>
    tree.objects.flatMap((object) => {
      const version = object.apiVersion.slice(object.group.length + 1);
      const removed = removals.find(
        ({ groups, versions }) => groups.includes(object.group) && versions.includes(version),
      );
      if (removed === undefined || minor < removed.since) return [];
      return {
        object,
        at: ['apiVersion'],
        message: `Flux 2.${minor} has no ${object.kind} in ${object.apiVersion}`,
        note: `removed in 2.${removed.since}`,
        help: `use ${object.group}/${currentVersion(object)}`,
      };
    }),
};

const kustomize = 'kustomize.toolkit.fluxcd.io';
const helm = 'helm.toolkit.fluxcd.io';
const source = 'source.toolkit.fluxcd.io';

const image = 'image.toolkit.fluxcd.io';
const notification = 'notification.toolkit.fluxcd.io';

/** Served versions in config/crd/bases of the controllers that Flux 2.6.0, 2.7.0, 2.8.0 and 2.9.0 bring. */
const removals: readonly {
  readonly groups: readonly string[];
  readonly versions: readonly string[];
  readonly since: number;
}[] = [
  { groups: [kustomize, source], versions: ['v1beta1'], since: 7 },
  { groups: [helm], versions: ['v2beta1'], since: 7 },
  { groups: [image, notification], versions: ['v1beta1'], since: 7 },
  { groups: [kustomize, source], versions: ['v1beta2'], since: 8 },
  { groups: [helm], versions: ['v2beta2'], since: 8 },
  { groups: [image, notification], versions: ['v1beta2'], since: 9 },
];

function currentVersion({ group, kind }: TreeObject): string {
  if (group === helm) return 'v2';
  return kind === 'Alert' || kind === 'Provider' ? 'v1beta3' : 'v1';
}
