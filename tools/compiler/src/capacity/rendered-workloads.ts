import { isObject, type JsonObject, type JsonPath, mapsIn, valueAt } from '@fluxwright/documents';
import { type Nano, parseQuantity } from '@fluxwright/kubernetes';
import { podPath } from '../data/pod-path.ts';
import { knownObjects, type RenderedCluster, type Resource } from '../data/rendered-cluster.ts';
import { podAmounts } from './pod-amounts.ts';
import { storageOf } from './storage-of.ts';
import type { Placement, Toleration, WorkloadDemand } from './workload-demand.ts';
import { noAmounts } from './workload-demand.ts';

/** Which field of each workload kind counts its pods. */
const counts: Readonly<Record<string, JsonPath>> = {
  Deployment: ['spec', 'replicas'],
  StatefulSet: ['spec', 'replicas'],
  ReplicaSet: ['spec', 'replicas'],
  ReplicationController: ['spec', 'replicas'],
  Job: ['spec', 'parallelism'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'parallelism'],
};

/**
 * The workloads and claims among a cluster's objects, those of charts included, as they are at hand or recorded. An autoscaled one counts with the most replicas its
 * HorizontalPodAutoscaler allows; jobs count as running; the hooks of a release,
 * which come and go, and the extra pods of a rolling update do not count.
 */
export function renderedWorkloads(rendered: RenderedCluster): readonly WorkloadDemand[] {
  const { cluster } = rendered;
  const resources = knownObjects(rendered).filter((each) => each.chart === undefined || !isHook(each));
  const categories = new Map(
    cluster.components.map(({ component }) => [component.name, component.spec.category ?? 'other']),
  );
  const scaled = autoscaled(resources);
  return resources.flatMap((resource): WorkloadDemand[] => {
    const { kind, namespace = '', name, object, origin, chart } = resource;
    const claimed = claimedBy(resource);
    const pods = podsOf(resource, scaled) ?? (claimed === 0n ? undefined : noPods(resource));
    if (pods === undefined) return [];
    const component = origin.stage?.component ?? 'flux-system';
    return [
      {
        component,
        category: categories.get(component) ?? 'other',
        kind,
        namespace,
        name,
        source: 'rendered',
        ...pods,
        ...(claimed > 0n
          ? storageOf([claimed], 1)
          : storageOf(templateSizes(object), pods.replicas === 'node' ? 1 : pods.replicas)),
        ...(chart === undefined ? {} : { chart }),
      },
    ];
  });
}

/** What the pods of an object ask for. */
type Pods = Pick<WorkloadDemand, 'replicas' | 'requests' | 'limits' | 'claims' | 'placement' | 'spanOf'>;

function podsOf(resource: Resource, scaled: ReadonlyMap<string, number>): Pods | undefined {
  const { kind, object } = resource;
  const path = podPath(object);
  const pod = path === undefined ? undefined : valueAt(object, path);
  if (path === undefined || !isObject(pod)) return undefined;
  const count = counts[kind];
  return {
    ...podAmounts(pod),
    replicas: replicasOf(resource, count, scaled),
    claims: claimsOf(pod),
    placement: placementOf(pod),
    spanOf: (name) => spanAt(resource, name === 'replicas' ? (count ?? []) : containerPath(pod, path)),
  };
}

function noPods(resource: Resource): Pods {
  return {
    requests: noAmounts,
    limits: noAmounts,
    replicas: 0,
    claims: [],
    placement: { selector: {}, tolerations: [] },
    spanOf: () => spanAt(resource, []),
  };
}

function claimedBy({ kind, apiVersion, object }: Resource): Nano {
  return kind === 'PersistentVolumeClaim' && apiVersion === 'v1' ? claimSize(object) : 0n;
}

/** `Kind/namespace/name` of each scale target with its most replicas. */
function autoscaled(resources: readonly Resource[]): ReadonlyMap<string, number> {
  const found = resources.flatMap(({ kind, namespace = '', object }): [string, number][] => {
    if (kind !== 'HorizontalPodAutoscaler') return [];
    const target = valueAt(object, ['spec', 'scaleTargetRef']);
    const most = valueAt(object, ['spec', 'maxReplicas']);
    if (!isObject(target) || typeof most !== 'number') return [];
    return [[`${String(target.kind)}/${namespace}/${String(target.name)}`, most]];
  });
  return new Map(found);
}

function replicasOf(
  { kind, namespace = '', name, object }: Resource,
  path: JsonPath | undefined,
  scaled: ReadonlyMap<string, number>,
): number | 'node' {
  if (kind === 'DaemonSet') return 'node';
  const said = path === undefined ? undefined : valueAt(object, path);
  return scaled.get(`${kind}/${namespace}/${name}`) ?? (typeof said === 'number' ? said : 1);
}

function isHook({ object }: Resource): boolean {
  return valueAt(object, ['metadata', 'annotations', 'helm.sh/hook']) !== undefined;
}

function placementOf(pod: JsonObject): Placement {
  const selector = isObject(pod.nodeSelector) ? (pod.nodeSelector as Readonly<Record<string, string>>) : {};
  const tolerations = mapsIn(pod.tolerations);
  return { selector, tolerations: tolerations as readonly Toleration[] };
}

function claimsOf({ volumes }: JsonObject): readonly string[] {
  return (Array.isArray(volumes) ? volumes : []).flatMap((each) => {
    const name = isObject(each) ? valueAt(each, ['persistentVolumeClaim', 'claimName']) : undefined;
    return typeof name === 'string' ? [name] : [];
  });
}

/** Of the volumes of one pod. */
function templateSizes(object: JsonObject): readonly Nano[] {
  return mapsIn(valueAt(object, ['spec', 'volumeClaimTemplates']))
    .map(claimSize)
    .filter((size) => size > 0n);
}

function claimSize(claim: JsonObject): Nano {
  return parseQuantity(valueAt(claim, ['spec', 'resources', 'requests', 'storage'])) ?? 0n;
}

function containerPath(pod: JsonObject, path: JsonPath): JsonPath {
  return valueAt(pod, ['containers', 0, 'resources']) === undefined ? path : [...path, 'containers', 0, 'resources'];
}

function spanAt({ origin }: Resource, path: JsonPath) {
  const { span, layers } = origin.trace(path);
  return layers[0] ?? span;
}
