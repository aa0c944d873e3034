import type { StageId } from '@fluxwright/model';
import type { Resource } from '../data/rendered-cluster.ts';

/** An object of a stage, of its folder or its release: not one of those that tie stages together. */
export interface StagedResource {
  readonly resource: Resource;
  readonly stage: StageId;
}

/** The objects that stages bring. */
export function stagedResources(resources: readonly Resource[]): readonly StagedResource[] {
  return resources.flatMap((resource) => {
    const { stage } = resource.origin;
    return stage !== undefined && (resource.path.startsWith('components/') || isReleased(resource))
      ? [{ resource, stage }]
      : [];
  });
}

/** True for what Helm makes: it comes from a chart, and is in no file of the tree. */
export function isReleased({ chart, path }: Resource): boolean {
  return chart !== undefined && !path.startsWith('components/');
}
