import { byPath } from '@fluxwright/documents';
import {
  isBeside,
  type ResolvedCluster,
  type ResolvedComponent,
  type StageEdge,
  type StageId,
  type StageName,
  stageKey,
} from '@fluxwright/model';
import type { RenderedCluster, Resource } from '../data/rendered-cluster.ts';
import { matchNeeds } from '../needs/match-needs.ts';
import { type NamespaceClaim, namespaceOwners } from '../plan/namespace-owners.ts';
import { partName, partsOf } from '../plan/stage-part.ts';
import { objectPaths } from '../render/object-path.ts';
import { placeInCluster } from '../render/place-in-cluster.ts';
import type { PlacedStages } from '../render/place-stages.ts';
import { deriveEdges } from './derive-edges.ts';
import { fluxKustomization } from './flux-kustomization.ts';
import { joinEdges } from './join-edges.ts';
import { syncObjects } from './sync.ts';

/**
 * Orders the stages by what manifests say and what objects need, and adds what carries the order out: a FluxKustomization
 * for each, and what ties the cluster to its repository.
 */
export function orderCluster(placed: PlacedStages): RenderedCluster {
  const { cluster, stages: filled, resources, released, recorded, replaced, copies } = placed;
  const stages = filled.filter(({ part }) => part === undefined).map(({ id }) => id);
  const declared = joinEdges([...cluster.edges, ...namespaceEdges(namespaceOwners(cluster), cluster.edges)], stages);
  const standbys = new Set(cluster.standbys.map(({ component }) => component.name));
  const edges = deriveEdges(declared, matchNeeds(cluster, resources).matches, stages, standbys);
  return {
    cluster,
    resources: [...syncResources(cluster), ...resources, ...kustomizations(placed, edges)].sort(byPath),
    released,
    recorded,
    replaced,
    charted: filled
      .filter(({ released, chart }) => released !== undefined || chart !== undefined)
      .map(({ id }) => id.component),
    asking: filled.filter(({ lookups = [] }) => lookups.length > 0).map(({ id }) => id.component),
    charts: filled.flatMap(({ chart }) => chart ?? []),
    copies: [...copies].sort(byPath),
    stages,
    edges,
  };
}

function syncResources(cluster: ResolvedCluster): Resource[] {
  const folder = 'flux-system';
  const objects = syncObjects(cluster);
  const paths = objectPaths(objects.map(({ object }) => ({ folder, object })));
  return objects.map((each, at) => placeInCluster(each, { cluster, path: paths[at] as string }));
}

function kustomizations({ cluster, stages }: PlacedStages, edges: readonly StageEdge[]): Resource[] {
  const outgoing = Map.groupBy(edges, ({ from }) => stageKey(from));
  const last = new Map<string, StageName>(
    stages
      .filter(({ id, resolved }) => !isBeside(id.stage) && !cluster.standbys.includes(resolved))
      .map(({ id }) => [id.component, id.stage]),
  );
  const parts = partsOf(stages);
  return stages.map(({ id, resolved, objects, base, hasBase, part }) => {
    const kustomization = fluxKustomization({
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
  const first = ({ component, stages: [stage = 'install'] }: ResolvedComponent): StageId => ({
    component: component.name,
    stage,
  });
  return namespaces
    .flatMap(({ name, owner, others }) =>
      others.map((other) => ({
        from: first(other),
        to: first(owner),
        reasons: [
          {
            text: `${owner.component.name} makes the namespace ${name}`,
            span: other.component.manifest.locate(['spec', 'namespace']),
          },
        ],
      })),
    )
    .filter(({ from, to }) => !known.has(`${stageKey(from)} ${stageKey(to)}`));
}
