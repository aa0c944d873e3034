import { type Diagnostic, diagnostic, type Staged } from '@fluxwright/diagnostics';
import { type ResolvedCluster, type StageEdge, type StageId, type StageName, stageKey } from '@fluxwright/model';
import { type NamespaceClaim, namespaceOwners } from '../plan/namespace-owners.ts';
import { deriveEdges } from '../prove/derive-edges.ts';
import { matchNeeds } from '../prove/match-needs.ts';
import type { RenderPlan } from '../render-plan.ts';
import type { CopiedFile, RenderedCluster, Resource } from '../rendered-cluster.ts';
import { fluxKustomization } from './flux/flux-kustomization.ts';
import { syncObjects } from './flux/sync.ts';
import { joinEdges } from './join-edges.ts';
import { objectPaths } from './object-path.ts';
import { placeInCluster } from './place-in-cluster.ts';
import type { RenderCache } from './render-cache.ts';
import { type RenderedStage, renderStages } from './render-stages.ts';
import type { RenderedObject } from './rendered-object.ts';
import { partName, partsOf, stageFolder } from './stage-part.ts';

/**
 * Runs the tasks of a plan and puts every object of the cluster in its place, as far as that goes without an engine: a
 * Kustomize base is taken for what its files say. `cache` holds results for all clusters of
 * a run: a task whose digest it knows is not run again. The value is complete only where no diagnostic is an error.
 */
export function renderCluster(cluster: ResolvedCluster, plan: RenderPlan, cache: RenderCache): Staged<RenderedCluster> {
  return placeStages(cluster, renderStages({ cluster, plan, cache, namespaces: namespaceOwners(cluster) }));
}

/** Puts the objects of the stages in their places, and adds what ties the stages together. */
export function placeStages(
  cluster: ResolvedCluster,
  rendered: Staged<readonly RenderedStage[]>,
): Staged<RenderedCluster> {
  const namespaces = namespaceOwners(cluster);
  const filled = rendered.value.filter(({ objects, base }) => objects.length > 0 || base.length > 0);
  const stages = filled.filter(({ part }) => part === undefined).map(({ id }) => id);
  const declared = joinEdges([...cluster.edges, ...namespaceEdges(namespaces, cluster.edges)], stages);
  const staged = filled.flatMap((stage) => stageResources(cluster, stage));
  const edges = deriveEdges(declared, matchNeeds(cluster, staged).matches, stages);
  const resources = [...syncResources(cluster), ...staged, ...kustomizations(cluster, filled, edges)];
  return {
    value: {
      cluster,
      resources: resources.sort(byPath),
      released: filled.flatMap((stage) => releasedResources(cluster, stage)),
      charted: filled
        .filter(({ released, chart }) => released !== undefined || chart !== undefined)
        .map(({ id }) => id.component),
      asking: filled.filter(({ lookups = [] }) => lookups.length > 0).map(({ id }) => id.component),
      charts: filled.flatMap(({ chart }) => chart ?? []),
      copies: filled.flatMap(copiesOf).sort(byPath),
      stages,
      edges,
    },
    diagnostics: [...rendered.diagnostics, ...namespaces.flatMap((claim) => labelConflicts(cluster.name, claim))],
  };
}

function syncResources(cluster: ResolvedCluster): Resource[] {
  const folder = 'flux-system';
  const objects = syncObjects(cluster);
  const paths = objectPaths(objects.map(({ object }) => ({ folder, object })));
  return objects.map((each, at) => placeInCluster(each, { cluster, path: paths[at] as string }));
}

function stageResources(cluster: ResolvedCluster, { id, resolved, objects, base, part }: RenderedStage): Resource[] {
  const folder = stageFolder(id, part);
  const paths = objectPaths(objects.map(({ object }) => ({ folder, object })));
  return [
    ...objects.map((each, at) => placeInCluster(each, { cluster, resolved, stage: id, path: paths[at] as string })),
    ...base.map((each) =>
      placeInCluster(each, { cluster, resolved, stage: id, path: `${folder}/kustomize/${each.file}`, copied: true }),
    ),
  ];
}

/** They have no file: their path says where they come from. */
function releasedResources(cluster: ResolvedCluster, { id, resolved, released = [] }: RenderedStage): Resource[] {
  return released.map((each) =>
    placeInCluster(each, { cluster, resolved, stage: id, path: `${each.chart} of ${id.component}` }),
  );
}

function copiesOf({ id, resolved, part }: RenderedStage): CopiedFile[] {
  if (id.stage !== 'install' || part !== undefined) return [];
  return resolved.component.kustomize.map(({ file, path, text }) => ({
    stage: id,
    path: `components/${id.component}/install/kustomize/${path}`,
    text,
    source: { file },
  }));
}

function kustomizations(
  cluster: ResolvedCluster,
  stages: readonly RenderedStage[],
  edges: readonly StageEdge[],
): Resource[] {
  const outgoing = new Map<string, StageEdge[]>();
  for (const edge of edges) outgoing.set(stageKey(edge.from), [...(outgoing.get(stageKey(edge.from)) ?? []), edge]);
  const last = new Map<string, StageName>(stages.map(({ id }) => [id.component, id.stage]));
  const parts = partsOf(stages);
  return stages.map(({ id, resolved, objects, base, hasBase, part }) => {
    const kustomization: RenderedObject = fluxKustomization({
      cluster,
      component: resolved.component,
      stage: id.stage,
      isLast: last.get(id.component) === id.stage,
      edges: outgoing.get(stageKey(id)) ?? [],
      objects: [...objects, ...base].map(({ object }) => object),
      hasBase,
      ...(part && { part }),
      parts,
    });
    return placeInCluster(kustomization, {
      cluster,
      resolved,
      stage: id,
      path: `kustomizations/${partName(id, part)}.yaml`,
    });
  });
}

/** Who shares a namespace waits for the component that makes it. */
function namespaceEdges(namespaces: readonly NamespaceClaim[], edges: readonly StageEdge[]): StageEdge[] {
  const known = new Set(edges.map(({ from, to }) => `${stageKey(from)} ${stageKey(to)}`));
  const install = (component: string): StageId => ({ component, stage: 'install' });
  return namespaces
    .flatMap(({ name, owner, others }) =>
      others.map(({ component }) => ({
        from: install(component.name),
        to: install(owner.component.name),
        reasons: [
          {
            text: `${owner.component.name} makes the namespace ${name}`,
            span: component.manifest.locate(['spec', 'namespace']),
          },
        ],
      })),
    )
    .filter(({ from, to }) => !known.has(`${stageKey(from)} ${stageKey(to)}`));
}

function labelConflicts(cluster: string, { name, conflicts }: NamespaceClaim): Diagnostic[] {
  return conflicts.map(({ key, first, second }) =>
    diagnostic('plan/namespace-conflict', {
      message: `two components want the namespace "${name}" with another ${key}`,
      primary: second.span,
      note: `"${second.value}" here`,
      labels: [{ span: first.span, message: `"${first.value}" here` }],
      help: 'give both the same value, or one of them a namespace of its own',
      cluster,
    }),
  );
}

function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
