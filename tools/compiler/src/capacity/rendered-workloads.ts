import { isObject, type JsonObject, type JsonPath, type JsonValue, mapsIn, valueAt } from '@fluxwright/documents';
import { type Nano, parseQuantity } from '@fluxwright/kubernetes';
import type { RenderedCluster, Resource } from '../data/rendered-cluster.ts';
import { podAmounts } from './pod-amounts.ts';
import type { Placement, Toleration, WorkloadDemand } from './workload-demand.ts';
import { noAmounts } from './workload-demand.ts';

/** Where the pod of each workload kind stands, and which field counts its pods. */
const kinds: Readonly<Record<string, { readonly pod: JsonPath; readonly count?: JsonPath }>> = {
  Deployment: { pod: ['spec', 'template', 'spec'], count: ['spec', 'replicas'] },
  StatefulSet: { pod: ['spec', 'template', 'spec'], count: ['spec', 'replicas'] },
  ReplicaSet: { pod: ['spec', 'template', 'spec'], count: ['spec', 'replicas'] },
  ReplicationController: { pod: ['spec', 'template', 'spec'], count: ['spec', 'replicas'] },
  DaemonSet: { pod: ['spec', 'template', 'spec'] },
  Job: { pod: ['spec', 'template', 'spec'], count: ['spec', 'parallelism'] },
  CronJob: {
    pod: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
    count: ['spec', 'jobTemplate', 'spec', 'parallelism'],
  },
  Pod: { pod: ['spec'] },
};
const builtInGroups = ['apps/v1', 'batch/v1', 'v1'];

/**
 * The workloads and claims among a cluster's objects, those of charts at hand included. An autoscaled one counts with the most replicas its
 * HorizontalPodAutoscaler allows; jobs count as running; the hooks of a release,
 * which come and go, and the extra pods of a rolling update do not count.
 */
export function renderedWorkloads({
  cluster,
  resources: applied,
  released,
}: RenderedCluster): readonly WorkloadDemand[] {
  const resources = [...applied, ...released.filter((each) => !isHook(each))];
  const categories = new Map(
    cluster.components.map(({ component }) => [component.name, component.spec.category ?? 'other']),
  );
  const scaled = autoscaled(resources);
  return resources.flatMap((resource): WorkloadDemand[] => {
    const { kind, apiVersion, object, origin } = resource;
    const claimed = kind === 'PersistentVolumeClaim' && apiVersion === 'v1' ? claimSize(object) : 0n;
    const where = Object.hasOwn(kinds, kind) && builtInGroups.includes(apiVersion) ? kinds[kind] : undefined;
    const pod = where === undefined ? undefined : valueAt(object, where.pod);
    if (!isObject(pod) && claimed === 0n) return [];
    const component = origin.stage?.component ?? 'flux-system';
    const amounts = isObject(pod) ? podAmounts(pod) : { requests: noAmounts, limits: noAmounts };
    const replicas = isObject(pod) ? replicasOf(resource, where?.count, scaled) : 0;
    return [
      {
        component,
        category: categories.get(component) ?? 'other',
        kind,
        namespace: resource.namespace ?? '',
        name: resource.name,
        source: 'rendered',
        replicas,
        ...amounts,
        storage: claimed + templateSizes(object) * BigInt(replicas === 'node' ? 1 : replicas),
        claims: isObject(pod) ? claimsOf(pod) : [],
        ...(resource.chart === undefined ? {} : { chart: resource.chart }),
        placement: isObject(pod) ? placementOf(pod) : { selector: {}, tolerations: [] },
        spanOf: (name) => spanAt(resource, name === 'replicas' ? (where?.count ?? []) : containerPath(pod, where?.pod)),
      },
    ];
  });
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

function templateSizes(object: JsonObject): Nano {
  const templates: JsonValue = valueAt(object, ['spec', 'volumeClaimTemplates']) ?? [];
  return Array.isArray(templates)
    ? templates.filter(isObject).reduce((sum: Nano, each: JsonObject) => sum + claimSize(each), 0n)
    : 0n;
}

function claimSize(claim: JsonObject): Nano {
  return parseQuantity(valueAt(claim, ['spec', 'resources', 'requests', 'storage'])) ?? 0n;
}

function containerPath(pod: JsonValue | undefined, path: JsonPath = []): JsonPath {
  const first = isObject(pod) ? valueAt(pod, ['containers', 0, 'resources']) : undefined;
  return first === undefined ? path : [...path, 'containers', 0, 'resources'];
}

function spanAt({ origin }: Resource, path: JsonPath) {
  const { span, layers } = origin.trace(path);
  return layers[0] ?? span;
}
