import { memo } from '@fluxwright/documents';
import { appliedIn, type FluxTree, fluxTreeOf, type TreeObject } from '@fluxwright/flux';
import { idOf } from '@fluxwright/kubernetes';
import { listedFolders } from '../assemble/kustomization-files.ts';
import type { RenderedCluster, Resource } from '../data/rendered-cluster.ts';
import { stageFolder } from '../plan/stage-part.ts';

/**
 * The tree of a cluster before it is written, as Flux builds it: what kustomize makes of a base stands for the base. Its objects know
 * the lines of ours that they come from (docs/decisions/0056).
 */
export const renderedTree = memo((rendered: RenderedCluster): FluxTree => {
  const objects = rendered.resources.map(treeObjectOf);
  const lists = new Map<string, readonly string[]>(
    listedFolders(rendered).map(({ folder, entries }) => [folder, entries]),
  );
  for (const folder of copiedFolders(rendered)) {
    const own = rendered.resources.filter(({ path, copied }) => copied === true && path.startsWith(`${folder}/`));
    lists.set(
      folder,
      own.map(({ path }) => path.slice(folder.length + 1)),
    );
  }
  const applied = appliedIn(objects, { paths: rendered.resources.map(({ path }) => path), lists });
  return fluxTreeOf({ cluster: rendered.cluster.name, objects, applied });
});

/** Where bases are copied to: what kustomize makes of them is among the resources. */
function copiedFolders({ copies }: RenderedCluster): ReadonlySet<string> {
  return new Set(copies.map(({ stage }) => `${stageFolder(stage)}/kustomize`));
}

function treeObjectOf(resource: Resource): TreeObject {
  return {
    ...idOf(resource),
    apiVersion: resource.apiVersion,
    object: resource.object,
    path: resource.path,
    locate(path, part) {
      const { span, layers } = resource.origin.trace(path, part);
      return [span, ...layers];
    },
  };
}
