import { byKey } from '@fluxwright/documents';
import type { ResolvedCluster } from '@fluxwright/model';
import type { RenderPlan } from '../data/render-plan.ts';
import { digest } from './file-record.ts';

/**
 * One digest of everything that decides a cluster's objects: its settings and the digest of each task that renders them,
 * which covers the template or manifest and the values it reads. Charts count by their bytes, and only those that became objects: `charts`
 * are their digests.
 */
export function inputDigest(cluster: ResolvedCluster, plan: RenderPlan, charts: readonly string[] = []): string {
  const tasks = plan.tasks.filter(({ engine }) => engine !== 'helm').map((task) => [task.id, task.digest]);
  return digest(JSON.stringify([cluster.name, sortKeys(cluster.settings.value), tasks, ...charts]));
}

function sortKeys(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sortKeys);
  const entries = Object.entries(value).sort(byKey);
  return entries.map(([key, each]) => [key, sortKeys(each)]);
}
