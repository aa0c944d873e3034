import { diagnostic } from '@fluxwright/diagnostics';
import type { Component, ResolvedCluster } from '@fluxwright/model';
import { specSpan } from '../flux/flux-input.ts';
import type { TaskFinding } from '../rendered-object.ts';
import { pullCommand } from './pull-command.ts';

/** The finding for a chart that has to be rendered and is not in the folder of charts. */
export function missingChart(component: Component, { settings }: ResolvedCluster, folder: string): TaskFinding {
  const { chart = '', version = '' } = component.spec.helm ?? {};
  return {
    reads: [],
    diagnostic: diagnostic('render/chart-missing', {
      message: `the chart of "${component.name}" is to be rendered and is not at hand: ${chart} ${version}`,
      primary: specSpan(component, ['helm', 'chart']),
      note: `no ${folder}/${chart.split('/').at(-1)}-${version}.tgz`,
      labels: settings
        .originsOf(['delivery'])
        .map((span) => ({ span, message: 'charts are rendered because of this' })),
      help: `run \`fluxwright charts pull\`, after \`charts update\` where the lock lacks it; or ${pullCommand(component, folder)}`,
    }),
  };
}
