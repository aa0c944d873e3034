import type { Diagnostic, Staged } from '@fluxwright/diagnostics';
import { formatPath } from '@fluxwright/documents';
import { fluxMinor } from '@fluxwright/flux';
import type { ComponentFile, ResolvedCluster, ResolvedComponent, StageId } from '@fluxwright/model';
import { type RenderPlan, tasksOf } from '../data/render-plan.ts';
import type { NamespaceClaim } from '../plan/namespace-owners.ts';
import type { StagePart } from '../plan/stage-part.ts';
import { templateContext } from '../template/cluster-context.ts';
import { componentTemplate } from '../template/component-template.ts';
import type { RecordedChart } from './chart/record-chart.ts';
import { componentObjects } from './flux/component-objects.ts';
import { namespaceObject } from './flux/namespace.ts';
import { layersOf, type Viewpoint } from './layers-of.ts';
import type { RenderCache } from './render-cache.ts';
import { type BaseObject, renderKustomize } from './render-kustomize.ts';
import { renderObjects, renderValues } from './render-template-task.ts';
import type { RenderedObject, TaskFinding, TaskResult } from './rendered-object.ts';

/** What the rendering of a cluster works on. */
export interface StagesInput {
  readonly cluster: ResolvedCluster;
  readonly plan: RenderPlan;
  readonly cache: RenderCache;
  readonly namespaces: readonly NamespaceClaim[];
  /** Renders this component alone, among the others; all by default. */
  readonly only?: string;
}

/** The objects of one stage, before they have files. */
export interface RenderedStage {
  readonly id: StageId;
  readonly resolved: ResolvedComponent;
  readonly objects: readonly RenderedObject[];
  /** Plain objects of the Kustomize base that is copied. */
  readonly base: readonly BaseObject[];
  /** True where the stage's objects are not all known here. */
  readonly hasBase: boolean;
  /** Set for the parts of a stage that are applied on their own. */
  readonly part?: StagePart;
  /** What Helm will make of the stage's release, where its chart is at hand. */
  readonly released?: readonly RenderedObject[];
  /** The HelmRelease whose chart `objects` were made of, in its place. */
  readonly replaced?: RenderedObject;
  /** sha256 of the chart that `objects` were made of. */
  readonly chart?: string;
  /** What was recorded of the release's chart, at hand or not. */
  readonly recorded?: RecordedChart;
  /** What the chart asks the cluster for, where it is at hand: `Secret shop/login`. */
  readonly lookups?: readonly string[];
}

/** Renders every stage of every component, in the order of their names. */
export function renderStages(input: StagesInput): Staged<readonly RenderedStage[]> {
  const diagnostics: Diagnostic[] = [];
  const value = input.cluster.components.flatMap((resolved) => {
    if (input.only !== undefined && input.only !== resolved.component.name) return [];
    const rendering = { ...input, resolved, diagnostics };
    return resolved.stages.map((stage) =>
      stage === 'install' ? renderInstall(rendering) : renderConfigure(rendering),
    );
  });
  return { value, diagnostics };
}

interface Rendering extends StagesInput {
  readonly resolved: ResolvedComponent;
  readonly diagnostics: Diagnostic[];
}

function renderInstall(rendering: Rendering): RenderedStage {
  const { resolved } = rendering;
  const { kustomize, name, templates } = resolved.component;
  const made = runFlux(rendering);
  const rendered = templates.install.flatMap((file) => runTemplate(rendering, file, 'install'));
  const base = kustomize.length === 0 ? [] : runKustomize(rendering);
  return {
    id: { component: name, stage: 'install' },
    resolved,
    objects: [...made, ...rendered],
    base,
    hasBase: kustomize.length > 0,
  };
}

function runFlux(rendering: Rendering): readonly RenderedObject[] {
  const { cluster, resolved, namespaces } = rendering;
  const { component } = resolved;
  const { helmValues, name } = component;
  const values = helmValues === undefined ? undefined : runTemplate(rendering, helmValues, 'helm')[0];
  const namespace = namespaces.find(({ owner }) => owner === resolved);
  return run(rendering, `${name}/flux`, () => ({
    objects: [
      ...(namespace === undefined ? [] : [namespaceObject(namespace)]),
      ...componentObjects({ component, minor: fluxMinor(cluster.spec.flux.version) }, values),
    ],
    findings: [],
  }));
}

function renderConfigure(rendering: Rendering): RenderedStage {
  const { resolved } = rendering;
  const { name, templates } = resolved.component;
  const objects = templates.configure.flatMap((file) => runTemplate(rendering, file, 'configure'));
  return { id: { component: name, stage: 'configure' }, resolved, objects, base: [], hasBase: false };
}

type Folder = 'helm' | 'install' | 'configure';

function runTemplate(rendering: Rendering, file: ComponentFile, folder: Folder): readonly RenderedObject[] {
  const { cluster, resolved, cache } = rendering;
  const { component } = resolved;
  return run(rendering, `${component.name}/${folder}/${file.path}`, () => {
    const input = {
      component,
      template: componentTemplate(component, file),
      context: templateContext(cluster, resolved),
      cache,
    };
    return folder === 'helm' ? renderValues(input) : renderObjects(input);
  });
}

function runKustomize(rendering: Rendering): readonly BaseObject[] {
  const { resolved, cache } = rendering;
  const { component } = resolved;
  const make = () => renderKustomize(component, cache);
  return run(rendering, `${component.name}/kustomize`, make) as readonly BaseObject[];
}

/** Runs a task, or takes its result from another cluster with an equal one. */
function run(rendering: Rendering, id: string, make: () => TaskResult): readonly RenderedObject[] {
  const task = tasksOf(rendering.plan).get(id);
  if (task === undefined) throw new Error(`the plan has no task ${id}`);
  const { objects, findings } = rendering.cache.result(task.digest, make);
  rendering.diagnostics.push(...findings.map((each) => inCluster(each, rendering)));
  return objects;
}

/** A finding in the words of a cluster: with the lines that set the values behind it. */
export function inCluster({ diagnostic, reads }: TaskFinding, { cluster, resolved }: Viewpoint): Diagnostic {
  const labels = reads.flatMap((path) =>
    layersOf(path, { cluster, ...(resolved && { resolved }) }).map((span) => ({
      span,
      message: `${formatPath(path)} is set here`,
    })),
  );
  return { ...diagnostic, labels: [...diagnostic.labels, ...labels], cluster: cluster.name };
}
