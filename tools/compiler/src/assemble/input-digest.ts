import { byKey } from '@fluxwright/documents';
import type { ResolvedCluster } from '@fluxwright/model';
import type { RenderPlan } from '../data/render-plan.ts';
import { digest } from './file-record.ts';

/**
 * One digest of everything that decides a cluster's objects: its settings and the digest of each task that renders them,
 * which covers the template or manifest and the values it reads. `charts` are the digests of charts that became objects.
 */
export function inputDigest(cluster: ResolvedCluster, plan: RenderPlan, charts: readonly string[] = []): string {
  const tasks = plan.tasks.map((task) => [task.id, task.digest]);
  return digest(JSON.stringify([cluster.name, sortKeys(cluster.settings.value), tasks, ...charts]));
}

function sortKeys(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sortKeys);
  const entries = Object.entries(value).sort(byKey);
  return entries.map(([key, each]) => [key, sortKeys(each)]);
}
