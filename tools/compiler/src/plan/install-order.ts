import { topologicalOrder } from '@fluxwright/documents';
import { type ResolvedCluster, type ResolvedComponent, stageKey } from '@fluxwright/model';

/** Components in an order in which their first stages can be applied: by name where the edges leave it open. */
export function installOrder({ components: own, standbys, edges }: ResolvedCluster): readonly ResolvedComponent[] {
  const components = [...own, ...standbys];
  const needs = Map.groupBy(edges, ({ from }) => stageKey(from));
  const byKey = new Map(
    components.map((each) => [stageKey({ component: each.component.name, stage: each.stages[0] ?? 'install' }), each]),
  );
  const keys = components.flatMap(({ component, stages }) =>
    stages.map((stage) => stageKey({ component: component.name, stage })),
  );
  const { order } = topologicalOrder(keys, (key) => (needs.get(key) ?? []).map(({ to }) => stageKey(to)));
  return order.flatMap((key) => byKey.get(key) ?? []);
}
