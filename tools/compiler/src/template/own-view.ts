import type { ResolvedCluster, ResolvedComponent } from '@fluxwright/model';
import { layersOf } from './layers-of.ts';
import { ownContext } from './own-context.ts';
import type { TextView } from './text-in-context.ts';

/** What a text of a component.yaml sees before it is known what others make for it. */
export function ownView(cluster: ResolvedCluster, resolved: ResolvedComponent): TextView {
  return {
    component: resolved.component,
    context: ownContext(cluster, resolved),
    originsOf: (path) => layersOf(path, { cluster, resolved }),
  };
}
