import { objectTitle } from '@fluxwright/kubernetes';
import { specOf } from '../lint-context.ts';
import type { LintRule } from '../lint-rule.ts';

/** `chart` and `chartRef` exclude each other, and one must be there. */
export const chartSource: LintRule = {
  code: 'lint/chart-source',
  check: ({ releases }) =>
    releases.flatMap((object) => {
      const { chart, chartRef } = specOf(object);
      if ((chart === undefined) !== (chartRef === undefined)) return [];
      return {
        object,
        at: chart === undefined ? ['spec'] : ['spec', 'chartRef'],
        part: 'key' as const,
        message: `${objectTitle(object)} names ${chart === undefined ? 'no chart' : 'its chart twice'}`,
        note: chart === undefined ? 'neither chart nor chartRef' : 'chart and chartRef exclude each other',
        help: 'use chart for a HelmRepository, chartRef for an OCIRepository',
      };
    }),
};
