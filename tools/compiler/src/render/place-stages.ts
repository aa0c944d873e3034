import type { ResolvedCluster } from '@fluxwright/model';
import type { CopiedFile, RecordedFacts, RenderedCluster, Resource } from '../data/rendered-cluster.ts';
import { stageFolder } from '../plan/stage-part.ts';
import { objectPaths } from './object-path.ts';
import { placeInCluster } from './place-in-cluster.ts';
import type { RenderedStage } from './rendered-stage.ts';

/** What the stages of a cluster hold, each object in its place; nothing applies them yet. */
export interface PlacedStages
  extends Pick<RenderedCluster, 'cluster' | 'resources' | 'released' | 'recorded' | 'replaced' | 'copies'> {
  /** Those that have objects. */
  readonly stages: readonly RenderedStage[];
}

/** Gives every object of the stages its file, and the way into the cluster's layers. */
export function placeStages(cluster: ResolvedCluster, rendered: readonly RenderedStage[]): PlacedStages {
  const stages = rendered.filter(({ objects, base }) => objects.length > 0 || base.length > 0);
  return {
    cluster,
    stages,
    resources: stages.flatMap((stage) => stageResources(cluster, stage)),
    released: stages.flatMap((stage) => releasedResources(cluster, stage)),
    recorded: stages.flatMap((stage) => recordedFacts(cluster, stage)),
    replaced: stages.flatMap(({ id, resolved, replaced }) =>
      replaced === undefined
        ? []
        : placeInCluster(replaced, { cluster, resolved, stage: id, path: `values of ${id.component}` }),
    ),
    copies: stages.flatMap(copiesOf),
  };
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

function recordedFacts(cluster: ResolvedCluster, { id, resolved, recorded, released }: RenderedStage): RecordedFacts[] {
  if (recorded === undefined) return [];
  const { objects, ...known } = recorded;
  const resources = objects.map((each) =>
    placeInCluster(each, { cluster, resolved, stage: id, path: `${each.chart} of ${id.component}` }),
  );
  return [{ ...known, component: id.component, isAtHand: released !== undefined, resources }];
}

function copiesOf({ id, resolved, part }: RenderedStage): CopiedFile[] {
  if (id.stage !== 'install' || part !== undefined) return [];
  return resolved.component.kustomize.map(({ file, path, text }) => ({
    stage: id,
    path: `${stageFolder(id)}/kustomize/${path}`,
    text,
    source: { file },
  }));
}
