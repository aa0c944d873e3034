import { diagnostic } from '@fluxwright/diagnostics';
import { formatPath } from '@fluxwright/documents';
import { chartKeys } from '../../engines/chart-keys.ts';
import type { TaskFinding } from '../rendered-object.ts';
import type { ComponentRelease } from './component-release.ts';

/**
 * Values that the chart at hand does not know: Helm takes any, and a misspelled one does nothing (docs/decisions/0091). A key is known where the chart's
 * values.yaml has it, or its templates, its schema or a comment names it; maps that are empty by default take any key.
 */
export async function unknownChartValues({ chart, object, values }: ComponentRelease): Promise<readonly TaskFinding[]> {
  const { unknown } = await chartKeys(chart);
  return unknown(values).map((path) => {
    const { span, reads } = object.trace(['spec', 'values', ...path], 'key');
    return {
      reads,
      diagnostic: diagnostic('render/unknown-chart-value', {
        message: `the chart ${chart.file} does not know the value ${formatPath(path)}`,
        primary: span,
        note: 'no default, template or comment of the chart names it',
      }),
    };
  });
}
