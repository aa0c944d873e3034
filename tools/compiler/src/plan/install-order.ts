import type { ResolvedCluster, ResolvedComponent } from '@fluxwright/model';
import { stageKey } from '@fluxwright/model';

/** Components in an order in which their install stages can be applied: by name where the edges leave it open. */
export function installOrder({ components, edges }: ResolvedCluster): readonly ResolvedComponent[] {
  const needs = new Map<string, string[]>();
  for (const { from, to } of edges) {
    needs.set(stageKey(from), [...(needs.get(stageKey(from)) ?? []), stageKey(to)]);
  }
  const done = new Set<string>();
  const order: string[] = [];
  const visit = (key: string): void => {
    if (done.has(key)) return;
    done.add(key);
    for (const need of needs.get(key) ?? []) visit(need);
    order.push(key);
  };
  const byKey = new Map(
    components.map((each) => [stageKey({ component: each.component.name, stage: 'install' }), each]),
  );
  for (const key of byKey.keys()) visit(key);
  return order.flatMap((key) => byKey.get(key) ?? []);
}
