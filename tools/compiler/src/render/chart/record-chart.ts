import type { Staged } from '@fluxwright/diagnostics';
import { type JsonObject, memo } from '@fluxwright/documents';
import { type ChartFacts, type Component, readChartFacts } from '@fluxwright/model';
import type { RecordedRelease } from '../../data/recorded-release.ts';
import { recordedRelease } from '../../facts/recorded-release.ts';
import type { RenderedObject } from '../rendered-object.ts';
import type { RenderedStage } from '../rendered-stage.ts';
import { isReleaseObject } from './component-release.ts';
import type { RecordedChart } from './recorded-chart.ts';
import { type ChartTarget, givenRelease } from './render-chart.ts';

/** Holds the facts of a component against its release in a cluster; nothing where it has no facts or no release. */
export function recordChart(
  { resolved, objects }: RenderedStage,
  target: () => ChartTarget,
): Staged<RecordedChart | undefined> {
  const { component } = resolved;
  const helmRelease = objects.find((each) => each.object.kind === 'HelmRelease' && isReleaseObject(each, component));
  if (component.facts === undefined || helmRelease === undefined) return { value: undefined, diagnostics: [] };
  const { value: facts, diagnostics } = readChartFacts(component.facts);
  if (facts === undefined) return { value: undefined, diagnostics };
  const stale = staleness(facts, component, helmRelease.object);
  if (stale !== undefined) return { value: { facts, stale, release: unknownRelease, objects: [] }, diagnostics };
  const { kubernetesVersion, apiVersions } = target();
  const kubernetes = kubernetesVersion.split('.').slice(0, 2).join('.');
  return { value: recordedOf(helmRelease.object, facts, kubernetes, apiGroupsOf(apiVersions)), diagnostics };
}

/** Clusters with an equal release share its object. */
const recordedOf = memo(
  (helmRelease: JsonObject, facts: ChartFacts, kubernetes: string, apiGroups: ReadonlySet<string>): RecordedChart => {
    const { values } = givenRelease(helmRelease);
    const release = recordedRelease(facts.spec, { values, kubernetes, apiGroups });
    return { facts, release, objects: recordedObjects(facts, release) };
  },
  ([before, minor, groups], [facts, kubernetes, apiGroups]) =>
    before === facts &&
    minor === kubernetes &&
    groupsAsked(facts).every((group) => groups.has(group) === apiGroups.has(group)),
);

/** Groups of kinds that a chart asks for; whatever others a cluster has, its release is the same. */
const groupsAsked = memo(({ spec: { depends = [] } }: ChartFacts): readonly string[] =>
  depends.flatMap(({ apiGroups = {} }) => Object.keys(apiGroups)),
);

const unknownRelease: RecordedRelease = { objects: [], isWhole: false, differing: [], unsure: new Set(['*']) };

/** The groups of what a chart sees as `.Capabilities.APIVersions`; all charts of a cluster see the same. */
export const apiGroupsOf = memo(
  (apiVersions: readonly string[]): ReadonlySet<string> =>
    new Set(apiVersions.filter((each) => each.includes('/')).map((each) => each.split('/')[0] as string)),
);

function staleness({ spec }: ChartFacts, component: Component, object: JsonObject): string | undefined {
  const { chart: name = '', version = '', repository = '' } = component.spec.helm ?? {};
  const said = spec.chart;
  if (said.name !== name || said.version !== version || said.repository !== repository)
    return `they are of ${said.name} ${said.version} from ${said.repository}`;
  const { release } = givenRelease(object);
  if (spec.release.name !== release.name || spec.release.namespace !== release.namespace)
    return `they are of the release ${spec.release.namespace}/${spec.release.name}, and it is ${release.namespace}/${release.name}`;
  return undefined;
}

function recordedObjects({ document, spec }: ChartFacts, { objects }: RecordedRelease): readonly RenderedObject[] {
  return objects.map(({ index, object }) => ({
    object,
    span: document.locate(['spec', 'objects', index]),
    chart: `the chart ${spec.chart.name} ${spec.chart.version}, as recorded`,
    trace: (path, part) => ({
      span: document.locate(['spec', 'objects', index, ...path], part),
      reads: [],
      inside: [],
    }),
  }));
}
