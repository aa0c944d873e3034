import { type Diagnostic, diagnostic, listWords, type Staged } from '@fluxwright/diagnostics';
import { by, formatPath, memo } from '@fluxwright/documents';
import { fluxMinor } from '@fluxwright/flux';
import { supportedVersions } from '@fluxwright/kubernetes-schemas';
import {
  type Component,
  type ComponentFile,
  type GoodValues,
  type ResolvedCluster,
  type ResolvedComponent,
  type StageId,
  type StageName,
  serviceKinds,
  stageKey,
} from '@fluxwright/model';
import type { RenderPlan, RenderTask } from '../data/render-plan.ts';
import type { TemplateAnalysis } from '../template/analyze-template.ts';
import { type BoundService, boundServices } from '../template/bound-services.ts';
import { serviceContext, templateContext } from '../template/cluster-context.ts';
import { componentTemplate } from '../template/component-template.ts';
import { serviceFindings } from '../template/service-findings.ts';
import type { TemplateContext } from '../template/template-context.ts';
import { type NamespaceClaim, namespaceOwners } from './namespace-owners.ts';
import { oldestFlux } from './oldest-flux.ts';
import { outputConflicts } from './output-conflicts.ts';
import { policyMaker } from './policy-maker.ts';
import { serviceParts } from './service-parts.ts';
import { stageFolder } from './stage-part.ts';
import { digestParts, stateAtReads, textDigest } from './task-digest.ts';

/**
 * Lists the rendering work of a cluster: a task for each template, one for the Flux objects of each component, one for
 * each Kustomize base and each chart, one for what ties the cluster to its repository and orders its stages. Nothing is
 * rendered. With a memory of good values, what is asked of services is not held against their contracts again.
 */
export function planCluster(cluster: ResolvedCluster, goodValues?: GoodValues): Staged<RenderPlan> {
  const tasks = [
    syncTask(cluster),
    ...cluster.components.flatMap((component) => componentTasks(cluster, component)),
    ...[...boundServices(cluster).values()].flatMap((bound) => serviceTask(cluster, bound)),
    ...networkTask(cluster),
  ];
  return {
    value: { cluster: cluster.name, tasks: tasks.sort(by(({ id }) => id)) },
    diagnostics: [
      ...serviceFindings(cluster, goodValues),
      ...checkFlux(cluster),
      ...checkKubernetes(cluster),
      ...outputConflicts(cluster),
    ],
  };
}

function componentTasks(cluster: ResolvedCluster, resolved: ResolvedComponent): RenderTask[] {
  const { component } = resolved;
  const { helmValues, templates, kustomize } = component;
  const context = templateContext(cluster, resolved);
  const one = (file: ComponentFile, stage: StageName, folder: string) =>
    templateTask(cluster, resolved, {
      file,
      stage: { component: component.name, stage },
      id: `${component.name}/${folder}/${file.path}`,
      context,
    });
  const values = helmValues === undefined ? undefined : one(helmValues, 'install', 'helm');
  const namespace = namespaceOwners(cluster).find(({ owner }) => owner === resolved);
  const flux = fluxTask(cluster, resolved, { values, namespace });
  return [
    flux,
    ...(component.spec.helm === undefined ? [] : [chartTask(cluster, resolved, flux)]),
    ...(values === undefined ? [] : [values]),
    ...templates.install.map((file) => one(file, 'install', 'install')),
    ...templates.configure.map((file) => one(file, 'configure', 'configure')),
    ...(resolved.pair === undefined ? [] : component.pair.map((file) => one(file, 'pair', 'pair'))),
    ...component.bootstrap.map((file) => ({ ...one(file, 'install', 'bootstrap'), output: 'bootstrap' })),
    ...(kustomize.length === 0 ? [] : [kustomizeTask(resolved)]),
  ];
}

interface TemplateFile {
  readonly file: ComponentFile;
  readonly stage: StageId;
  readonly id: string;
  readonly context: TemplateContext;
}

function templateTask(
  cluster: ResolvedCluster,
  { component }: ResolvedComponent,
  { file, stage, id, context }: TemplateFile,
): RenderTask {
  const { analysis } = componentTemplate(component, file);
  const state = stateAtReads(analysis, context, cluster);
  const fixed = context.roots.component?.value ?? null;
  return {
    id,
    stage,
    engine: 'handlebars',
    source: file.file,
    reads: readsOf(analysis),
    digest: digestParts([
      'handlebars',
      id,
      textDigest(file),
      textDigest(component.schema),
      contractsDigest(component),
      fixed,
      state,
    ]),
    output: stageFolder(stage),
  };
}

/** What a template may read, in words: the same in every cluster. */
const readsOf = memo(({ reads, components, capabilities }: TemplateAnalysis): readonly string[] => [
  ...reads.map((path) => formatPath(path)),
  ...components.map((name) => `has:${name}`),
  ...capabilities.map((name) => `capability:${name}`),
]);

interface FluxParts {
  readonly values: RenderTask | undefined;
  readonly namespace: NamespaceClaim | undefined;
}

/** The contracts decide what templates may name of services. */
const contractsDigest = memo(({ spec, contracts }: Component): string => {
  const known = serviceKinds(spec).map((kind) => contracts.get(kind));
  return digestParts(known.map((each) => (each === undefined ? null : textDigest(each.outputs))));
});

/** A service is one task for each of its parts: its templates are the provider's, its objects are its consumer's. */
function serviceTask(cluster: ResolvedCluster, bound: BoundService): RenderTask[] {
  const { request, consumer, provider } = bound;
  const context = serviceContext(cluster, bound);
  // What the compiler adds to each object is the consumer's.
  const { name, spec } = consumer.component;
  return serviceParts(cluster, bound).map(({ id, file, stage }) => {
    const task = templateTask(cluster, provider, { file, stage: { component: request.consumer, stage }, id, context });
    return { ...task, digest: digestParts(['service', task.digest, name, spec.namespace]) };
  });
}

/**
 * Policies are made of what all other tasks make, and of what was recorded of charts. What they come to for a component is known then, and
 * made once for all clusters where that is equal.
 */
function networkTask(cluster: ResolvedCluster): RenderTask[] {
  const { spec, components } = cluster;
  const maker = policyMaker(cluster);
  if (maker === undefined) return [];
  const { provider } = maker;
  const { network } = provider.component;
  const facts = components.map(({ component: { facts } }) => (facts === undefined ? null : textDigest(facts)));
  return [
    {
      id: 'network',
      engine: 'handlebars',
      source: provider.component.manifest.file,
      reads: ['network', 'cluster.policies.network'],
      digest: digestParts(['network', spec.policies.network, network.map(textDigest), facts]),
      output: 'components',
    },
  ];
}

/** The release carries the values, so their task is part of this one; so are all who share the namespace it makes. */
function fluxTask(
  cluster: ResolvedCluster,
  { component, stages }: ResolvedComponent,
  { values, namespace }: FluxParts,
): RenderTask {
  const { version } = cluster.spec.flux;
  const isFirst = stages[0] === 'install';
  const sharing = (isFirst ? namespace : undefined)?.others.map((each) => textDigest(each.component.manifest)) ?? null;
  return {
    id: `${component.name}/flux`,
    stage: { component: component.name, stage: 'install' },
    engine: 'flux',
    source: component.manifest.file,
    reads: ['cluster.flux.version'],
    digest: digestParts(['flux', textDigest(component.manifest), fluxMinor(version), values?.digest ?? null, sharing]),
    output: stageFolder({ component: component.name, stage: 'install' }),
  };
}

/** Its digest covers what the release says; the chart's own bytes are known only where it is at hand. */
function chartTask(cluster: ResolvedCluster, { component }: ResolvedComponent, flux: RenderTask): RenderTask {
  const { kubernetes, delivery } = cluster.spec;
  return {
    ...flux,
    id: `${component.name}/chart`,
    engine: 'helm',
    reads: ['cluster.kubernetes.version', 'cluster.delivery'],
    digest: digestParts(['helm', flux.digest, kubernetes.version, delivery ?? null]),
  };
}

function kustomizeTask({ component }: ResolvedComponent): RenderTask {
  const files = component.kustomize.map((file) => [file.path, textDigest(file)]);
  return {
    id: `${component.name}/kustomize`,
    stage: { component: component.name, stage: 'install' },
    engine: 'kustomize',
    source: `${component.folder}/kustomize`,
    reads: [],
    digest: digestParts(['kustomize', component.name, component.spec.namespace, files]),
    output: `${stageFolder({ component: component.name, stage: 'install' })}/kustomize`,
  };
}

function syncTask({ spec, file, components, standbys, edges }: ResolvedCluster): RenderTask {
  const stages = [...components, ...standbys].map(({ component, stages }) => [
    textDigest(component.manifest),
    [...stages],
  ]);
  const order = edges.map(({ from, to }) => [stageKey(from), stageKey(to)]);
  return {
    id: 'sync',
    engine: 'flux',
    source: file,
    reads: ['cluster.flux.version', 'cluster.git'],
    digest: digestParts(['sync', spec.flux.version, { ...spec.git }, stages, order]),
    output: 'flux-system',
  };
}

function checkFlux({ name, spec, settings }: ResolvedCluster): Diagnostic[] {
  if (fluxMinor(spec.flux.version) >= oldestFlux) return [];
  const [primary] = settings.originsOf(['flux', 'version']);
  return [
    diagnostic('plan/unsupported-flux', {
      message: `cluster "${name}" runs Flux ${spec.flux.version}; the output needs Flux 2.${oldestFlux} or newer`,
      ...(primary === undefined ? {} : { primary }),
      help: 'upgrade Flux first: its own components come with the same version',
      cluster: name,
    }),
  ];
}

/** Objects are proved against the schemas of the cluster's own minor: without them nothing can be proved. */
function checkKubernetes({ name, spec, settings }: ResolvedCluster): Diagnostic[] {
  const supported = supportedVersions();
  if (supported.some((minor) => `${spec.kubernetes.version}.`.startsWith(`${minor}.`))) return [];
  const [primary] = settings.originsOf(['kubernetes', 'version']);
  const versions = listWords(supported, 'or');
  return [
    diagnostic('plan/unsupported-kubernetes', {
      message: `cluster "${name}" runs Kubernetes ${spec.kubernetes.version}; objects can be checked for ${versions}`,
      ...(primary === undefined ? {} : { primary }),
      help: `set kubernetes.version to ${versions}: the cluster's own minor, or an update of Fluxwright for it`,
      cluster: name,
    }),
  ];
}
