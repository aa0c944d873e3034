import type { Diagnostic, Staged } from '@fluxwright/diagnostics';
import { formatPath } from '@fluxwright/documents';
import { fluxMinor } from '@fluxwright/flux';
import type { ComponentFile, ResolvedCluster, ResolvedComponent, ServiceStage, StageName } from '@fluxwright/model';
import { type RenderPlan, tasksOf } from '../data/render-plan.ts';
import type { NamespaceClaim } from '../plan/namespace-owners.ts';
import { type ServicePart, serviceParts } from '../plan/service-parts.ts';
import type { BoundService } from '../template/bound-services.ts';
import { byConsumer, serviceContext, templateContext } from '../template/cluster-context.ts';
import { componentTemplate } from '../template/component-template.ts';
import { originsOf, type ServiceViewpoint } from '../template/origins-of.ts';
import { componentObjects } from './flux/component-objects.ts';
import { withValues } from './flux/helm-release.ts';
import { namespaceObject } from './flux/namespace.ts';
import { overriddenFindings } from './override/overridden-findings.ts';
import { overriddenValues } from './override/override-values.ts';
import type { RenderCache } from './render-cache.ts';
import { type BaseObject, renderKustomize } from './render-kustomize.ts';
import { renderObjects, renderValues } from './render-template-task.ts';
import type { RenderedObject, TaskFinding, TaskResult } from './rendered-object.ts';
import type { RenderedStage } from './rendered-stage.ts';

/** What the rendering of a cluster works on. */
export interface StagesInput {
  readonly cluster: ResolvedCluster;
  readonly plan: RenderPlan;
  readonly cache: RenderCache;
  readonly namespaces: readonly NamespaceClaim[];
  /** Renders what this component makes alone, for itself and as services of others; all by default. */
  readonly only?: string;
}

/** Renders every stage of every component, in the order of their names. */
export function renderStages(input: StagesInput): Staged<readonly RenderedStage[]> {
  const diagnostics: Diagnostic[] = [];
  const value = [...input.cluster.components, ...input.cluster.standbys].flatMap((resolved) => {
    const rendering = { ...input, resolved, diagnostics };
    const isWhole = input.only === undefined || input.only === resolved.component.name;
    const stages = isWhole
      ? resolved.stages
      : resolved.stages.filter((stage) => isOfServices(stage) || stage === 'pair');
    return stages.map((stage) => renderStage[stage](rendering));
  });
  return { value, diagnostics };
}

const renderStage: Readonly<Record<StageName, (rendering: Rendering) => RenderedStage>> = {
  services: (rendering) => renderServices(rendering, 'services'),
  install: renderInstall,
  configure: renderConfigure,
  attach: (rendering) => renderServices(rendering, 'attach'),
  pair: renderPair,
};

function isOfServices(stage: StageName): stage is ServiceStage {
  return stage === 'services' || stage === 'attach';
}

interface Rendering extends StagesInput {
  readonly resolved: ResolvedComponent;
  readonly diagnostics: Diagnostic[];
}

/** What others make for the component; its namespace comes with the first of its stages. */
function renderServices(rendering: Rendering, stage: ServiceStage): RenderedStage {
  const { resolved } = rendering;
  return {
    id: { component: resolved.component.name, stage },
    resolved,
    objects: [...(resolved.stages[0] === stage ? namespaceOf(rendering) : []), ...servicesIn(rendering, stage)],
    base: [],
    hasBase: false,
  };
}

/** What crosses to the other cluster of the pair: of the component's services, and of itself. */
function renderPair(rendering: Rendering): RenderedStage {
  const { resolved, only } = rendering;
  const { name, pair } = resolved.component;
  const isWhole = only === undefined || only === name;
  const own =
    resolved.pair === undefined || !isWhole ? [] : pair.flatMap((file) => runTemplate(rendering, file, 'pair'));
  const namespace = resolved.stages[0] === 'pair' ? namespaceOf(rendering) : [];
  return {
    id: { component: name, stage: 'pair' },
    resolved,
    objects: [...namespace, ...servicesIn(rendering, 'pair'), ...own],
    base: [],
    hasBase: false,
  };
}

/** What services of the component are made of in a stage. */
function servicesIn(rendering: Rendering, stage: StageName): readonly RenderedObject[] {
  const { cluster, resolved, only } = rendering;
  const { name } = resolved.component;
  return (byConsumer(cluster).get(name) ?? [])
    .filter(({ provider }) => only === undefined || only === name || only === provider.component.name)
    .flatMap((bound) =>
      serviceParts(cluster, bound)
        .filter((part) => part.stage === stage)
        .flatMap((part) => runService(rendering, bound, part)),
    );
}

function runService(rendering: Rendering, bound: BoundService, { id, file }: ServicePart): readonly RenderedObject[] {
  const { cluster, cache } = rendering;
  const { component } = bound.provider;
  const input = {
    component,
    template: componentTemplate(component, file),
    context: serviceContext(cluster, bound),
    cache,
    placedIn: bound.consumer.component,
  };
  const objects = run({ ...rendering, bound }, id, () => renderObjects(input));
  return objects.map((each) => ({ ...each, bound }));
}

/** The namespace that the component makes, in the first of its stages. */
function namespaceOf({ resolved, namespaces }: Rendering): readonly RenderedObject[] {
  const namespace = namespaces.find(({ owner }) => owner === resolved);
  return namespace === undefined ? [] : [namespaceObject(namespace)];
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
  const { cluster, resolved } = rendering;
  const { component } = resolved;
  const { helmValues, name } = component;
  const values = helmValues === undefined ? undefined : runTemplate(rendering, helmValues, 'helm')[0];
  const objects = run(rendering, `${name}/flux`, () => ({
    objects: [
      ...(resolved.stages[0] === 'install' ? namespaceOf(rendering) : []),
      ...componentObjects({ component, minor: fluxMinor(cluster.spec.flux.version) }, values),
    ],
    findings: [],
  }));
  // Of this cluster alone: what the task made is shared by all that have equal values.
  const overridden = overriddenValues(values, cluster, name);
  if (overridden === values || overridden === undefined) return objects;
  rendering.diagnostics.push(...overriddenFindings(values, cluster, name));
  return objects.map((each) => (each.object.kind === 'HelmRelease' ? withValues(each, overridden) : each));
}

function renderConfigure(rendering: Rendering): RenderedStage {
  const { resolved } = rendering;
  const { name, templates } = resolved.component;
  const objects = templates.configure.flatMap((file) => runTemplate(rendering, file, 'configure'));
  return { id: { component: name, stage: 'configure' }, resolved, objects, base: [], hasBase: false };
}

type Folder = 'helm' | 'install' | 'configure' | 'pair';

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
function run(
  rendering: Rendering & { readonly bound?: BoundService },
  id: string,
  make: () => TaskResult,
): readonly RenderedObject[] {
  const task = tasksOf(rendering.plan).get(id);
  if (task === undefined) throw new Error(`the plan has no task ${id}`);
  const { objects, findings } = rendering.cache.result(task.digest, make);
  rendering.diagnostics.push(...findings.map((each) => inCluster(each, rendering)));
  return objects;
}

/** A finding in the words of a cluster: with the lines that set the values behind it. */
export function inCluster(
  { diagnostic, reads }: TaskFinding,
  { cluster, resolved, bound }: ServiceViewpoint,
): Diagnostic {
  const labels = reads.flatMap((path) =>
    originsOf(path, { cluster, ...(resolved && { resolved }), ...(bound && { bound }) }).map((span) => ({
      span,
      message: `${formatPath(path)} is set here`,
    })),
  );
  return { ...diagnostic, labels: [...diagnostic.labels, ...labels], cluster: cluster.name };
}
