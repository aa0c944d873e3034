import type { Diagnostic, Staged } from '@fluxwright/diagnostics';
import { diagnostic } from '@fluxwright/diagnostics';
import type { ResolvedCluster } from '@fluxwright/model';
import type { Resource } from '../data/rendered-cluster.ts';
import { stageFolder } from '../plan/stage-part.ts';
import { digestParts, stateAtReads, textDigest } from '../plan/task-digest.ts';
import { objectPaths } from '../render/object-path.ts';
import { placeInCluster } from '../render/place-in-cluster.ts';
import type { PlacedStages } from '../render/place-stages.ts';
import type { RenderCache } from '../render/render-cache.ts';
import { inCluster } from '../render/render-stages.ts';
import { renderObjects } from '../render/render-template-task.ts';
import type { RenderedObject } from '../render/rendered-object.ts';
import type { RenderedStage } from '../render/rendered-stage.ts';
import { templateContext } from '../template/cluster-context.ts';
import { componentTemplate } from '../template/component-template.ts';
import { networkRoot } from '../template/network-shape.ts';
import { type ClosedNamespace, type NetworkPlan, networkPlan } from './closed-namespaces.ts';
import { clusterFlows } from './cluster-flows.ts';
import { writtenObjects } from './network-objects.ts';
import { policyData } from './policy-data.ts';

/**
 * Adds the network policies of a cluster: for each namespace whose flows are complete what the provider's templates make of these
 * (docs/decisions/0082), in the stage that brings the namespace. What decides them is the workspace alone: of charts what was recorded.
 */
export function networkPolicies(placed: PlacedStages, cache: RenderCache): Staged<PlacedStages> {
  const { cluster } = placed;
  const plan = networkPlan(cluster);
  if (plan === undefined || plan.closed.length === 0) return { value: placed, diagnostics: [] };
  const flows = clusterFlows(cluster, writtenObjects(placed));
  const diagnostics: Diagnostic[] = [];
  const made = plan.closed.flatMap((closed): Made[] => {
    const stage = stageOf(placed, closed);
    if (stage === undefined) return [];
    const data = policyData(closed, { flows, mode: plan.mode });
    return [{ stage, objects: render({ cluster, plan, closed, data, cache, diagnostics }) }];
  });
  const byStage = new Map(made.map(({ stage, objects }) => [stage, objects]));
  return {
    value: {
      ...placed,
      stages: placed.stages.map((stage) => {
        const objects = byStage.get(stage);
        return objects === undefined ? stage : { ...stage, objects: [...stage.objects, ...objects] };
      }),
      resources: [...placed.resources, ...made.flatMap((each) => placedObjects(each, cluster, plan))],
    },
    diagnostics,
  };
}

interface Made {
  readonly stage: RenderedStage;
  readonly objects: readonly RenderedObject[];
}

function stageOf({ stages }: PlacedStages, { namespace, owner }: ClosedNamespace): RenderedStage | undefined {
  const own = stages.filter(({ resolved }) => resolved === owner);
  const isNamespace = ({ object }: RenderedObject) =>
    object.kind === 'Namespace' && (object.metadata as { readonly name?: unknown }).name === namespace;
  return own.find(({ objects }) => objects.some(isNamespace)) ?? own[0];
}

interface Rendering {
  readonly cluster: ResolvedCluster;
  readonly plan: NetworkPlan;
  readonly closed: ClosedNamespace;
  readonly data: ReturnType<typeof policyData>;
  readonly cache: RenderCache;
  readonly diagnostics: Diagnostic[];
}

function render({
  cluster,
  plan: { provider },
  closed,
  data,
  cache,
  diagnostics,
}: Rendering): readonly RenderedObject[] {
  const { component } = provider;
  const base = templateContext(cluster, provider);
  const context = { ...base, roots: { ...base.roots, network: { ...networkRoot, value: data } } };
  const placedIn = closed.owner.component;
  return component.network.flatMap((file) => {
    const template = componentTemplate(component, file);
    const state = stateAtReads(template.analysis, context, cluster);
    const digest = digestParts(['network', textDigest(file), textDigest(component.schema), placedIn.name, state]);
    const { objects, findings } = cache.result(digest, () =>
      renderObjects({ component, template, context, cache, placedIn }),
    );
    diagnostics.push(...findings.map((each) => inCluster(each, { cluster, resolved: provider })));
    return objects.filter((each) => isInNamespace(each, closed, diagnostics));
  });
}

/** A policy of another namespace would close what nobody looked at. */
function isInNamespace(
  { object, span }: RenderedObject,
  { namespace }: ClosedNamespace,
  diagnostics: Diagnostic[],
): boolean {
  const { namespace: place, name } = object.metadata as { readonly namespace?: unknown; readonly name?: unknown };
  if (place === namespace) return true;
  diagnostics.push(
    diagnostic('render/not-an-object', {
      message: `the network policy ${String(name)} is not in the namespace ${namespace}`,
      primary: span,
      help: 'write metadata.namespace: {{network.namespace}}',
    }),
  );
  return false;
}

/** Their values lead into the layers of the provider: its template wrote them. */
function placedObjects({ stage, objects }: Made, cluster: ResolvedCluster, { provider }: NetworkPlan): Resource[] {
  const folder = stageFolder(stage.id, stage.part);
  const all = [...stage.objects, ...objects].map(({ object }) => ({ folder, object }));
  const paths = objectPaths(all).slice(stage.objects.length);
  return objects.map((each, at) =>
    placeInCluster(each, { cluster, resolved: provider, stage: stage.id, path: paths[at] as string }),
  );
}
