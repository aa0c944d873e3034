import { groupOf, idOf, type ObjectId, objectKey } from '@fluxwright/kubernetes';
import type { RenderedCluster, Resource } from '../data/rendered-cluster.ts';
import { stageFolder } from '../plan/stage-part.ts';

/** The objects of a rendered cluster by identity, and its folders by path. */
export interface ObjectIndex {
  find(id: ObjectId): Resource | undefined;
  /** All objects of a kind, sorted by path. */
  ofKind(group: string, kind: string): readonly Resource[];
  /** Folders of the tree that hold objects, from the cluster's output folder. */
  readonly folders: ReadonlySet<string>;
}

/** Indexes the objects once for all checks. Of two objects with one identity the first by path is found. */
export function indexObjects({ resources, copies }: RenderedCluster): ObjectIndex {
  const byId = new Map<string, Resource>();
  const byKind = Map.groupBy(resources, ({ apiVersion, kind }) => `${groupOf(apiVersion)}/${kind}`);
  for (const resource of resources) {
    const key = objectKey(idOf(resource));
    if (!byId.has(key)) byId.set(key, resource);
  }
  const stages = copies.map(({ stage }) => stageFolder(stage));
  const folders = new Set([...resources.map(({ path }) => path.slice(0, path.lastIndexOf('/'))), ...stages]);
  return {
    find: (id) => byId.get(objectKey(id)),
    ofKind: (group, kind) => byKind.get(`${group}/${kind}`) ?? [],
    folders,
  };
}
