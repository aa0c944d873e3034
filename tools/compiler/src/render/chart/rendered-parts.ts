import { diagnostic, listWords } from '@fluxwright/diagnostics';
import { isObject, type JsonObject } from '@fluxwright/documents';
import type { StagePart } from '../../plan/stage-part.ts';
import { specSpan } from '../flux/flux-input.ts';
import type { RenderedObject, TaskFinding } from '../rendered-object.ts';
import type { RenderedStage } from '../rendered-stage.ts';
import { chartFault } from './chart-fault.ts';
import { type ComponentRelease, isReleaseObject } from './component-release.ts';
import type { Delivered } from './delivered.ts';
import { hookParts } from './hook-parts.ts';
import type { HookObject, TemplatedRelease } from './template-release.ts';

/**
 * The stage with the chart's objects in the place of its release, in up to four parts (docs/decisions/0010): definitions
 * first; then what Helm runs before an install, with all that the component itself has, which it may need; then the
 * chart; then what Helm runs after.
 */
export function renderedParts(stage: RenderedStage, release: ComponentRelease, templated: TemplatedRelease): Delivered {
  const own = stage.objects.filter((each) => !isReleaseObject(each, release.component));
  const { before, after, dropped } = hookParts(templated.hooks);
  const isDefinition = ({ object }: RenderedObject): boolean => object.kind === 'CustomResourceDefinition';
  const crds = [...templated.crds, ...templated.objects.filter(isDefinition)].map(keep);
  const objects = templated.objects.filter((each) => !isDefinition(each)).map(keepWhatHelmKeeps);
  const isSplit = before.length > 0 && objects.length > 0;
  const main = isSplit ? objects : [...own, ...before, ...objects];
  const empty = { ...stage, base: [], hasBase: false, objects: [] };
  const part = (name: StagePart, made: readonly RenderedObject[]): RenderedStage[] =>
    made.length === 0 ? [] : [{ ...empty, objects: made, part: name }];
  return {
    stages: [
      ...part('crds', crds),
      ...part('before', isSplit ? [...own, ...before] : []),
      { ...stage, objects: main, chart: release.chart.digest, lookups: templated.lookups },
      ...part('after', after),
    ],
    findings: [
      ...templated.findings,
      ...unrepeatable(release, templated),
      ...askedCluster(release, templated),
      ...dropped.map((each) => droppedHook(release, each)),
    ],
  };
}

/** A tree is the same bytes on every machine; what a chart draws at random is not. */
function unrepeatable(release: ComponentRelease, { unrepeatable: names }: TemplatedRelease): readonly TaskFinding[] {
  if (names.length === 0) return [];
  const reason = `it calls ${names.join(', ')}, which gives something new each time, and a tree must not change by itself`;
  return [chartFault(release, reason)];
}

/** Helm asks at each upgrade; a tree holds one answer. */
function askedCluster({ component, chart }: ComponentRelease, { lookups }: TemplatedRelease): readonly TaskFinding[] {
  if (lookups.length === 0) return [];
  return [
    {
      reads: [],
      diagnostic: diagnostic('render/lookup', {
        message: `the chart ${chart.file} asks the cluster for ${listWords(lookups, 'and')}, and is rendered as where that is not`,
        primary: specSpan(component, ['helm', 'chart']),
        note: 'Helm asks anew at each upgrade, a tree has one answer',
        help: 'look at what the chart does with what it finds (often it keeps a password): say that by its values, or deliver this cluster with helm-release',
      }),
    },
  ];
}

function droppedHook({ component }: ComponentRelease, { rendered, hook }: HookObject): TaskFinding {
  const { kind, metadata } = rendered.object;
  return {
    reads: [],
    diagnostic: diagnostic('render/hook-dropped', {
      message: `${kind} ${(metadata as JsonObject).name} of the chart will never run: Flux has no ${hook.events.join(', ')}`,
      primary: specSpan(component, ['helm', 'chart']),
      ...(rendered.chart === undefined ? {} : { note: `hook in ${rendered.chart}` }),
      help: 'run by hand what it does when it is needed, or deliver this cluster with helm-release',
    }),
  };
}

/** What Helm would leave when the release is removed (https://helm.sh/docs/howto/charts_tips_and_tricks/). */
function keepWhatHelmKeeps(rendered: RenderedObject): RenderedObject {
  const { annotations } = rendered.object.metadata as JsonObject;
  return isObject(annotations) && annotations['helm.sh/resource-policy'] === 'keep' ? keep(rendered) : rendered;
}

function keep(rendered: RenderedObject): RenderedObject {
  const { object } = rendered;
  const metadata = object.metadata as JsonObject;
  const annotations = isObject(metadata.annotations) ? metadata.annotations : {};
  const kept = { ...annotations, 'kustomize.toolkit.fluxcd.io/prune': 'disabled' };
  return { ...rendered, object: { ...object, metadata: { ...metadata, annotations: kept } } };
}
