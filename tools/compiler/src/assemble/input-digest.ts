import type { JsonValue, ResolvedCluster } from '@fluxwright/model';
import type { RenderPlan } from '../render-plan.ts';
import { digest } from './file-record.ts';

/**
 * One digest of everything that decides a cluster's objects: its merged settings, and for each component its version,
 * manifest, values and the tasks that render it. A comment or the order of keys in an input does not change it.
 */
export function inputDigest(cluster: ResolvedCluster, plan: RenderPlan): string {
  const components = cluster.components.map(({ component, values, stages }) => [
    component.name,
    component.version,
    component.spec as unknown as JsonValue,
    values.value,
    stages,
  ]);
  const peer = cluster.peer === undefined ? null : [cluster.peer.name, cluster.peer.settings.value];
  const tasks = plan.tasks.map((task) => [task.id, task.digest]);
  return digest(JSON.stringify([cluster.name, cluster.settings.value, peer, components, tasks], sortKeys));
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
