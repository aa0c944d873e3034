import type { Diagnostic, Staged } from '@fluxwright/diagnostics';
import type { Component } from '@fluxwright/model';
import { tasksOf } from '../../data/render-plan.ts';
import type { PackagedChart } from '../../engines/chart-library.ts';
import type { Engines } from '../../engines/engines.ts';
import { otherBytes } from '../../engines/other-bytes.ts';
import { specSpan } from '../flux/flux-input.ts';
import { clusterOverride } from '../override/cluster-override.ts';
import { postRender } from '../override/post-render.ts';
import { inCluster, type StagesInput } from '../render-stages.ts';
import type { TaskFinding } from '../rendered-object.ts';
import type { RenderedStage } from '../rendered-stage.ts';
import { type ComponentRelease, componentRelease } from './component-release.ts';
import type { Delivered } from './delivered.ts';
import { missingChart } from './missing-chart.ts';
import { recordChart } from './record-chart.ts';
import { chartTarget } from './render-chart.ts';
import { renderedParts } from './rendered-parts.ts';
import { type ReleaseTarget, type TemplatedRelease, templateRelease } from './template-release.ts';
import { unknownChartValues } from './unknown-chart-values.ts';

/**
 * Renders every release whose chart is at hand. With delivery `helm-release` the stage keeps its HelmRelease, and what
 * Helm will make of it is there to be checked; with `rendered` those objects take its place, and a chart that is not at
 * hand is an error. What was recorded of a chart comes along, at hand or not.
 */
export async function deliverCharts(
  stages: readonly RenderedStage[],
  { cluster, plan, cache }: StagesInput,
  engines: Engines,
): Promise<Staged<readonly RenderedStage[]>> {
  const isRendered = cluster.spec.delivery === 'rendered';
  let opened: ReleaseTarget | undefined;
  const target = (): ReleaseTarget => {
    opened ??= {
      target: chartTarget(cluster, engines),
      scopeOf: cache.scopeOf,
      engines,
      mustRepeat: isRendered,
    };
    return opened;
  };
  const template = async (stage: RenderedStage, release: ComponentRelease): Promise<TemplatedRelease> =>
    postRender(await templateRelease(release, target()), stage.postRendered ?? [], {
      component: stage.id.component,
      cluster: cluster.name,
      engines,
    });
  const deliverRendered = async (
    stage: RenderedStage,
    release: ComponentRelease | undefined,
    other: readonly TaskFinding[],
  ): Promise<Delivered> => {
    if (release === undefined) {
      const missing = missingChart(stage.resolved.component, cluster, engines.charts.folder);
      return { stages: [stage], findings: other.length > 0 ? other : [missing] };
    }
    const { stages: parts, findings } = renderedParts(stage, release, await template(stage, release));
    const [first, ...others] = parts;
    return {
      stages: first === undefined ? [] : [{ ...first, replaced: release.object }, ...others],
      findings: [...other, ...findings],
    };
  };
  const deliver = async (stage: RenderedStage): Promise<Delivered> => {
    const { helm } = stage.resolved.component.spec;
    const task = tasksOf(plan).get(`${stage.id.component}/chart`);
    if (helm === undefined || task === undefined || stage.id.stage !== 'install')
      return { stages: [stage], findings: [] };
    const { chart, other: bytes } = chartAtHand(stage.resolved.component, helm, engines);
    const { values: over } = clusterOverride(cluster, stage.id.component);
    const release = chart && componentRelease(stage, { chart, task, ...(over && { over }) });
    const other = release === undefined ? bytes : [...bytes, ...(await unknownChartValues(release))];
    if (isRendered) return deliverRendered(stage, release, other);
    const recorded = recordChart(stage, () => target().target);
    const known = recorded.value === undefined ? stage : { ...stage, recorded: recorded.value };
    const found = [...other, ...recorded.diagnostics.map((each) => ({ diagnostic: each, reads: [] }))];
    if (release === undefined) return { stages: [known], findings: found };
    const templated = await template(stage, release);
    const released = [...templated.crds, ...templated.objects, ...templated.hooks.map(({ rendered }) => rendered)];
    return {
      stages: [{ ...known, released, lookups: templated.lookups }],
      findings: [...found, ...templated.findings],
    };
  };
  const delivered = await Promise.all(stages.map(deliver));
  const diagnostics = delivered.flatMap(({ findings }, index): Diagnostic[] => {
    const { resolved } = stages[index] as RenderedStage;
    return findings.map((each) => inCluster(each, { cluster, resolved }));
  });
  return { value: delivered.flatMap((each) => each.stages), diagnostics };
}

/** The chart of a component where it is at hand and not refused, and what is to be said of its bytes. */
function chartAtHand(
  component: Component,
  helm: NonNullable<Component['spec']['helm']>,
  { charts }: Engines,
): { readonly chart: PackagedChart | undefined; readonly other: readonly TaskFinding[] } {
  const chart = charts.find(helm.chart.split('/').at(-1) as string, helm.version);
  const found =
    chart &&
    otherBytes(
      charts,
      { file: chart.file, digest: `sha256:${chart.digest}` },
      { meant: charts.lockedChart(helm), span: specSpan(component, ['helm', 'version']) },
    );
  return {
    chart: found?.isRefused === true ? undefined : chart,
    other: found === undefined ? [] : [{ diagnostic: found.diagnostic, reads: [] }],
  };
}
