import type { Diagnostic } from '@fluxwright/diagnostics';
import { memo } from '@fluxwright/documents';
import { clusterPart, type ResolvedCluster, type ResolvedComponent } from '@fluxwright/model';
import { type EvaluatedTree, evaluateTree } from './evaluate-tree.ts';
import { ownView } from './own-view.ts';
import { halfOf, type PairView, toldBy, withPair } from './pair-root.ts';

/** A component that meets itself in the other cluster of the pair. */
export interface ComponentPair {
  readonly view: PairView;
  readonly diagnostics: readonly Diagnostic[];
}

/** What a component and its equal in the other cluster tell each other; undefined where it is alone. */
export const componentPair = memo(
  (resolved: ResolvedComponent, cluster: ResolvedCluster): ComponentPair | undefined => {
    const { pair, component } = resolved;
    const half = cluster.peer?.half;
    const other = half?.components.find((each) => each.component.name === component.name);
    if (pair === undefined || half === undefined || other === undefined) return undefined;
    const theirPart = clusterPart(half.settings, cluster.settings);
    const base = { key: component.name, strategy: pair.strategy, way: pair.way };
    const own = halfOf(pair, {});
    const peer = halfOf(theirPart, {});
    const told = tell(resolved, cluster, { ...base, own, peer: { ...peer, name: half.name } });
    const theirs = tell(other, half, { ...base, own: peer, peer: { ...own, name: cluster.name } });
    return {
      view: {
        ...base,
        own: halfOf(pair, told.value),
        peer: { ...halfOf(theirPart, theirs.value), name: half.name },
      },
      diagnostics: [...told.diagnostics, ...theirs.diagnostics],
    };
  },
);

function tell(resolved: ResolvedComponent, cluster: ResolvedCluster, view: PairView): EvaluatedTree {
  const { component } = resolved;
  const said = component.spec.pair;
  const own = ownView(cluster, resolved);
  return evaluateTree(said === undefined ? {} : toldBy(said), {
    view: said === undefined ? own : { ...own, context: withPair(own.context, said, view) },
    path: ['spec', 'pair'],
  });
}
