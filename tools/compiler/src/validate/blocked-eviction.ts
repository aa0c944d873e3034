import type { Diagnostic } from '@fluxwright/diagnostics';
import { isObject, type JsonValue, valueAt } from '@fluxwright/documents';
import { objectTitle, selectsLabels } from '@fluxwright/kubernetes';
import { objectFinding } from '../data/object-finding.ts';
import type { Resource } from '../data/rendered-cluster.ts';
import type { Check, CheckContext } from './check.ts';

/** Kinds whose pods a budget counts by the replicas of the workload. */
const counted = new Set(['Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController']);

/**
 * A PodDisruptionBudget lets at least one pod of its workload go: one that never does blocks every drain of the node for ever
 * (https://kubernetes.io/docs/tasks/run-application/configure-pdb/). Counted on the replicas that the workload starts with, or
 * those it is scaled down to.
 */
export const blockedEviction: Check = ({ applied }: CheckContext): readonly Diagnostic[] => {
  const workloads = applied.filter(({ kind }) => counted.has(kind));
  const least = scaledDown(applied);
  return applied
    .filter(({ kind, apiVersion }) => kind === 'PodDisruptionBudget' && apiVersion.startsWith('policy/'))
    .flatMap((budget): Diagnostic[] => {
      const guarded = workloads.filter(
        (each) => each.namespace === budget.namespace && selects(valueAt(budget.object, ['spec', 'selector']), each),
      );
      const replicas = guarded.reduce((sum, each) => sum + replicasOf(each, least), 0);
      const [first] = guarded;
      if (first === undefined || replicas === 0) return [];
      const { at, said, evictable } = bound(budget, replicas);
      if (evictable === undefined || evictable > 0) return [];
      return [
        objectFinding('validate/blocked-eviction', budget, {
          at: ['spec', at],
          message: `${objectTitle(budget)} lets no pod of ${objectTitle(first)} go, so its node can never be drained`,
          note: `${at} is ${JSON.stringify(said)}, with ${replicas === 1 ? 'one replica' : `${replicas} replicas`}`,
          labels: [{ span: first.origin.trace(['spec', 'replicas']).span, message: 'the replicas are set here' }],
          help:
            replicas === 1
              ? 'with one replica leave the budget out, or let it be unavailable: maxUnavailable: 1'
              : 'set maxUnavailable: 1, or minAvailable to fewer than there are replicas',
        }),
      ];
    });
};

/** How many pods a budget lets go, and the field that says so. */
function bound({ object }: Resource, replicas: number) {
  const most = valueAt(object, ['spec', 'maxUnavailable']);
  if (most !== undefined) return { at: 'maxUnavailable', said: most, evictable: countOf(most, replicas) };
  const said = valueAt(object, ['spec', 'minAvailable']);
  return { at: 'minAvailable', said, evictable: replicas - (countOf(said, replicas) ?? 0) };
}

/** A percentage is rounded up, for both fields (k8s.io/kubernetes pkg/controller/disruption, GetScaledValueFromIntOrPercent). */
function countOf(value: JsonValue | undefined, replicas: number): number | undefined {
  if (typeof value === 'number') return value;
  const percent = typeof value === 'string' ? /^(\d+)%$/.exec(value)?.[1] : undefined;
  return percent === undefined ? undefined : Math.ceil((Number(percent) * replicas) / 100);
}

function selects(selector: JsonValue | undefined, { object }: Resource): boolean {
  const labels = valueAt(object, ['spec', 'template', 'metadata', 'labels']);
  return selectsLabels(selector, isObject(labels) ? labels : {});
}

function replicasOf({ kind, namespace, name, object }: Resource, least: ReadonlyMap<string, number>): number {
  const said = valueAt(object, ['spec', 'replicas']);
  return least.get(`${kind}/${namespace}/${name}`) ?? (typeof said === 'number' ? said : 1);
}

/** `Kind/namespace/name` of each scale target with its fewest replicas. */
function scaledDown(resources: readonly Resource[]): ReadonlyMap<string, number> {
  return new Map(
    resources.flatMap(({ kind, namespace, object }): [string, number][] => {
      const target = kind === 'HorizontalPodAutoscaler' ? valueAt(object, ['spec', 'scaleTargetRef']) : undefined;
      const said = valueAt(object, ['spec', 'minReplicas']);
      if (!isObject(target)) return [];
      return [[`${target.kind}/${namespace}/${target.name}`, typeof said === 'number' ? said : 1]];
    }),
  );
}
