import { valueAt } from '@fluxwright/documents';
import { objectTitle } from '@fluxwright/kubernetes';
import type { LintRule } from '../lint-rule.ts';

/**
 * What an upgrade does with the CRDs in a chart's crds/ folder: Create, the default, makes those that are not there and
 * changes none; Skip makes none either. Reported where it is Skip, or where the release says what an install does with them
 * and nothing of upgrades: then the chart has some (helm-controller v1.6.3 internal/action/crds.go, DefaultCRDPolicy).
 */
export const staleDefinitions: LintRule = {
  code: 'lint/stale-definitions',
  check: ({ releases }) =>
    releases.flatMap((object) => {
      const policy = valueAt(object.object, ['spec', 'upgrade', 'crds']);
      const install = valueAt(object.object, ['spec', 'install', 'crds']);
      const isSaid = policy !== undefined;
      if (isSaid ? policy !== 'Skip' : install !== 'Create' && install !== 'CreateReplace') return [];
      return {
        object,
        at: isSaid ? ['spec', 'upgrade', 'crds'] : ['spec', 'install', 'crds'],
        message: `upgrades of ${objectTitle(object)} ${isSaid ? 'neither add nor change the CRDs of its chart' : 'add new CRDs of its chart, and leave those that are there as they were'}`,
        note: isSaid ? 'Skip' : 'this is for installs; upgrade.crds is Create by default',
        help: 'set upgrade.crds: CreateReplace, or keep the CRDs in a folder of their own',
      };
    }),
};
