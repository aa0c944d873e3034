import { diagnostic } from '@fluxwright/diagnostics';
import type { JsonObject } from '@fluxwright/documents';
import type { ScopeOf } from '@fluxwright/kubernetes';
import type { RenderedObject as EngineObject, Hook, TemplateOptions, TemplateResult } from 'flux-render-wasm';
import { type Engines, makeOnce } from '../../engines/engines.ts';
import { digestParts } from '../../plan/task-digest.ts';
import { specSpan } from '../flux/flux-input.ts';
import { objectFault } from '../object-faults.ts';
import { placeInComponent } from '../place-in-component.ts';
import type { RenderedObject, TaskFinding } from '../rendered-object.ts';
import { chartFaults, helpForChart, wrongArchive } from './chart-fault.ts';
import type { ComponentRelease } from './component-release.ts';
import { type ChartTarget, chartOptions, itemsOf, renderChart, scopesWith, withCrds } from './render-chart.ts';

/** What a release is rendered for. */
export interface ReleaseTarget {
  readonly target: ChartTarget;
  readonly scopeOf: ScopeOf;
  readonly engines: Engines;
  /** True where the objects become files, which must not change by themselves. */
  readonly mustRepeat: boolean;
}

/** A hook with what Helm would do with it. */
export interface HookObject {
  readonly rendered: RenderedObject;
  readonly hook: Hook['hook'];
}

/** A release as objects, each placed in its component. Lists are sorted as Helm applies them. */
export interface TemplatedRelease {
  readonly objects: readonly RenderedObject[];
  readonly crds: readonly RenderedObject[];
  readonly hooks: readonly HookObject[];
  /** Template functions whose result differs from run to run and reaches the output; [] where nobody asks. */
  readonly unrepeatable: readonly string[];
  /** What the chart asked the cluster for, and did not find here: `Secret shop/login`. Sorted. */
  readonly lookups: readonly string[];
  /** Of the program, as the chart says. */
  readonly appVersion?: string;
  readonly findings: readonly TaskFinding[];
}

const nothing: TemplatedRelease = { objects: [], crds: [], hooks: [], unrepeatable: [], lookups: [], findings: [] };

/** Renders a release with Helm's engine as helm-controller would for its first install. Equal releases are rendered once. */
export async function templateRelease(release: ComponentRelease, context: ReleaseTarget): Promise<TemplatedRelease> {
  const { chart, component, object } = release;
  const { target, scopeOf, engines, mustRepeat } = context;
  const digest = digestParts(['chart', chart.digest, release.digest, [...target.apiVersions]]);
  const template = async (): Promise<TemplatedRelease> => {
    const options = chartOptions(object.object, chart, target);
    const result = withCrds(await renderChart(options, chart, engines), object.object, 'install');
    const { chart: name = '', version = '' } = component.spec.helm ?? {};
    const isMeant = result.chart.name === name.split('/').at(-1) && bare(result.chart.version) === bare(version);
    if (isMeant) {
      const unrepeatable = mustRepeat ? await reachingOutput(result, options, engines) : [];
      const { appVersion } = result.chart;
      return {
        ...readResult(result, release, scopeOf),
        unrepeatable,
        ...(appVersion !== undefined && { appVersion }),
      };
    }
    const found = `${result.chart.name} ${result.chart.version}`;
    return { ...nothing, findings: [wrongArchive(release, `it holds ${found}`)] };
  };
  try {
    return await makeOnce(engines, digest, template);
  } catch (error) {
    return { ...nothing, findings: chartFaults(error, release) };
  }
}

/** Flux takes `v1.2.3` and `1.2.3` for one version. */
function bare(version: string): string {
  return version.replace(/^v/, '');
}

/** Few results: that two renderings draw the same says nothing. */
const drawsFew = ['randInt', 'shuffle'];

/**
 * The functions that make the output another at another time. Charts call some for a comparison, or as a default that they
 * do not use: what is not printed changes nothing.
 */
async function reachingOutput(
  result: TemplateResult,
  options: TemplateOptions,
  { render }: Engines,
): Promise<readonly string[]> {
  const { unrepeatable } = result;
  if (unrepeatable.length === 0 || unrepeatable.some((name) => drawsFew.includes(name))) return unrepeatable;
  const printed = printedText(result);
  // One character can be drawn twice, and not again and again.
  for (let round = 0; round < 3; round += 1) {
    if (printedText(await render.templateLater(options)) !== printed) return unrepeatable;
  }
  return [];
}

function printedText({ objects, crds, hooks }: TemplateResult): string {
  return JSON.stringify([objects, crds, hooks].map((list) => list.map(({ object }) => object)));
}

function readResult(
  result: TemplateResult,
  release: ComponentRelease,
  known: ScopeOf,
): Omit<TemplatedRelease, 'unrepeatable'> {
  const findings: TaskFinding[] = [];
  const scopeOf = scopesWith(result, known);
  const read = (made: EngineObject): RenderedObject[] =>
    itemsOf(made.object as JsonObject).flatMap((object) => {
      const fault = objectFault(object);
      if (fault !== undefined) findings.push(notAnObject(release, made, fault.message));
      return fault === undefined
        ? [placeInComponent(chartObject(object, made, release), release.component, scopeOf)]
        : [];
    });
  return {
    objects: result.objects.flatMap(read),
    crds: result.crds.flatMap(read),
    hooks: result.hooks.flatMap((each) => read(each).map((rendered) => ({ rendered, hook: each.hook }))),
    lookups: [...new Set(result.lookups.map(lookupTitle))].sort(),
    findings,
  };
}

/** Without a name a chart asks for all of a kind. */
function lookupTitle({ kind, namespace, name }: TemplateResult['lookups'][number]): string {
  const place = namespace === '' ? '' : `${namespace}/`;
  return name === ''
    ? `each ${kind}${namespace === '' ? '' : ` of the namespace ${namespace}`}`
    : `${kind} ${place}${name}`;
}

/** A chart has no lines of ours: each of its values comes from the line that names the chart. */
function chartObject(object: JsonObject, made: EngineObject, { component }: ComponentRelease): RenderedObject {
  const span = specSpan(component, ['helm', 'chart']);
  return { object, span, chart: made.file ?? component.name, trace: () => ({ span, reads: [], inside: [] }) };
}

function notAnObject(release: ComponentRelease, made: EngineObject, message: string): TaskFinding {
  return {
    reads: [],
    diagnostic: diagnostic('render/not-an-object', {
      message: `the chart ${release.chart.file} yields what is no Kubernetes object: ${message}`,
      primary: specSpan(release.component, ['helm', 'chart']),
      ...(made.file === undefined ? {} : { note: `in ${made.file}` }),
      help: helpForChart(release.component),
    }),
  };
}
