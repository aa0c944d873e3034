import type { Locate } from '@fluxwright/flux';
import { idOf, objectKey } from '@fluxwright/kubernetes';
import type { RenderedCluster } from '../data/rendered-cluster.ts';

/** Where the templates of a cluster write the values of its objects. */
export function locateIn({ resources }: RenderedCluster): Locate {
  return (id, path) => {
    const key = objectKey(id);
    return resources.find((each) => objectKey(idOf(each)) === key)?.origin.trace(path).span;
  };
}
