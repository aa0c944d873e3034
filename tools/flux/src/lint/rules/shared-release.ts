import { objectTitle } from '@fluxwright/kubernetes';
import { releaseNameOf } from '../../release/release-name.ts';
import type { TreeObject } from '../../tree/tree-object.ts';
import { specOf } from '../lint-context.ts';
import { type LintRule, labelAt } from '../lint-rule.ts';

/** One release in Helm's storage has one HelmRelease. */
export const sharedRelease: LintRule = {
  code: 'lint/shared-release',
  check: ({ releases }) => {
    const seen = new Map<string, TreeObject>();
    return releases.flatMap((object) => {
      const spec = specOf(object);
      const { releaseName, storageNamespace, kubeConfig } = spec;
      if (kubeConfig !== undefined) return [];
      const key = `${String(storageNamespace ?? object.namespace)}/${releaseNameOf(spec, object.name)}`;
      const first = seen.get(key);
      if (first === undefined) seen.set(key, object);
      if (first === undefined || (first.name === object.name && first.namespace === object.namespace)) return [];
      return {
        object,
        at: releaseName === undefined ? ['metadata', 'name'] : ['spec', 'releaseName'],
        message: `${objectTitle(object)} and ${objectTitle(first)} manage one release: ${key}`,
        note: 'each would upgrade over the other',
        labels: labelAt(first, ['metadata', 'name'], 'the other'),
        help: 'give one of them another releaseName',
      };
    });
  },
};
