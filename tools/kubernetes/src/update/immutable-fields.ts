import {
  canonicalText,
  isObject,
  type JsonObject,
  type JsonPath,
  type JsonValue,
  valueAt,
} from '@fluxwright/documents';
import { parseQuantity } from '../amount/quantity.ts';

/** A field that the API server does not let an update change. */
export interface ImmutableChange {
  readonly at: JsonPath;
  readonly before: JsonValue | undefined;
  readonly after: JsonValue | undefined;
  /** What its definition says of it, where it does. */
  readonly why?: string;
}

type Rule =
  | { readonly at: readonly string[] }
  | { readonly under: readonly string[]; readonly except: readonly string[] }
  | { readonly unless: JsonPath; readonly is: JsonValue; readonly at: readonly string[] };

const at = (path: string): Rule => ({ at: path.split('.') });
const unless = (where: JsonPath, is: JsonValue, path: string): Rule => ({ unless: where, is, at: path.split('.') });
const except = (under: string, ...names: string[]): Rule => ({ under: under.split('.'), except: names });

/**
 * Fields that Kubernetes validates as immutable, by `group/Kind`: what ValidateUpdate of each kind compares
 * (https://github.com/kubernetes/kubernetes/tree/master/pkg/apis, validation/validation.go in each, v1.37.2). A StatefulSet, a
 * PersistentVolume and a Pod name what may change instead.
 */
const rules: Readonly<Record<string, readonly Rule[]>> = {
  'apps/Deployment': [at('spec.selector')],
  'apps/ReplicaSet': [at('spec.selector')],
  'apps/DaemonSet': [at('spec.selector')],
  'apps/StatefulSet': [
    except(
      'spec',
      'replicas',
      'ordinals',
      'template',
      'updateStrategy',
      'revisionHistoryLimit',
      'persistentVolumeClaimRetentionPolicy',
      'minReadySeconds',
    ),
  ],
  'batch/Job': [
    at('spec.selector'),
    at('spec.template'),
    at('spec.completionMode'),
    at('spec.podFailurePolicy'),
    at('spec.backoffLimitPerIndex'),
    at('spec.managedBy'),
    at('spec.successPolicy'),
    unless(['spec', 'completionMode'], 'Indexed', 'spec.completions'),
  ],
  '/PersistentVolumeClaim': [except('spec', 'resources', 'volumeAttributesClassName', 'volumeName')],
  // What else a spec has is where the volume is: the sources, and its mode.
  '/PersistentVolume': [
    except(
      'spec',
      'accessModes',
      'capacity',
      'claimRef',
      'mountOptions',
      'nodeAffinity',
      'persistentVolumeReclaimPolicy',
      'storageClassName',
      'volumeAttributesClassName',
    ),
  ],
  // Of containers the image may change; what else in them does is not looked at.
  '/Pod': [
    except(
      'spec',
      'activeDeadlineSeconds',
      'containers',
      'ephemeralContainers',
      'initContainers',
      'schedulingGates',
      'terminationGracePeriodSeconds',
      'tolerations',
    ),
  ],
  '/Service': [at('spec.clusterIP'), at('spec.healthCheckNodePort')],
  '/Secret': [at('type')],
  'storage.k8s.io/StorageClass': [at('provisioner'), at('parameters'), at('reclaimPolicy'), at('volumeBindingMode')],
  'storage.k8s.io/VolumeAttributesClass': [at('driverName'), at('parameters')],
  'storage.k8s.io/VolumeAttachment': [at('spec')],
  'storage.k8s.io/CSIStorageCapacity': [at('nodeTopology'), at('storageClassName')],
  'storage.k8s.io/CSIDriver': [at('spec.attachRequired'), at('spec.volumeLifecycleModes')],
  'rbac.authorization.k8s.io/RoleBinding': [at('roleRef')],
  'rbac.authorization.k8s.io/ClusterRoleBinding': [at('roleRef')],
  'discovery.k8s.io/EndpointSlice': [at('addressType')],
  'networking.k8s.io/IPAddress': [at('spec.parentRef')],
  'resource.k8s.io/ResourceClaim': [at('spec')],
  'resource.k8s.io/ResourceClaimTemplate': [at('spec')],
  'resource.k8s.io/ResourceSlice': [at('spec.driver'), at('spec.nodeName'), at('spec.pool.name')],
  'certificates.k8s.io/CertificateSigningRequest': [at('spec')],
  'certificates.k8s.io/ClusterTrustBundle': [at('spec.signerName')],
  'coordination.k8s.io/LeaseCandidate': [at('spec.leaseName')],
  'storagemigration.k8s.io/StorageVersionMigration': [at('spec')],
  'apps/ControllerRevision': [at('data')],
  'networking.k8s.io/IngressClass': [at('spec.controller')],
  'scheduling.k8s.io/PriorityClass': [at('value'), at('preemptionPolicy')],
  'node.k8s.io/RuntimeClass': [at('handler')],
  'apiextensions.k8s.io/CustomResourceDefinition': [
    at('spec.scope'),
    at('spec.group'),
    at('spec.names.plural'),
    at('spec.names.kind'),
  ],
};

/** Values that mean the same as saying nothing, by path. */
const defaults: Readonly<Record<string, JsonValue>> = {
  reclaimPolicy: 'Delete',
  volumeBindingMode: 'Immediate',
  type: 'Opaque',
  preemptionPolicy: 'PreemptLowerPriority',
  'spec.podManagementPolicy': 'OrderedReady',
  'spec.completionMode': 'NonIndexed',
  'spec.completions': 1,
  'spec.attachRequired': true,
  'spec.volumeMode': 'Filesystem',
};

/** What an update from one state of an object to another changes and the API server refuses. */
export function immutableChanges(
  group: string,
  kind: string,
  objects: { readonly before: JsonObject; readonly after: JsonObject },
): readonly ImmutableChange[] {
  const { before, after } = objects;
  const own = rules[`${group}/${kind}`] ?? [];
  const paths = own.flatMap((rule) => {
    if ('under' in rule) return keysBelow(rule, before, after);
    return 'unless' in rule && valueAt(after, rule.unless) === rule.is ? [] : [rule.at];
  });
  const immutable = (kind === 'ConfigMap' || kind === 'Secret') && group === '' && before.immutable === true;
  const all = [...paths, ...(immutable ? [['data'], ['binaryData'], ['immutable']] : [])];
  return [
    ...all
      .map((path) => ({ at: path, before: valueAt(before, path), after: valueAt(after, path) }))
      .filter((change) => isChange(kind, change)),
    ...(kind === 'PersistentVolumeClaim' && group === '' ? shrunk(before, after) : []),
  ];
}

/** What the cluster fills in by itself is no change where only one side says it. */
function isChange(kind: string, { at: path, before, after }: ImmutableChange): boolean {
  if (kind === 'Service' && path.at(-1) === 'clusterIP')
    return before !== undefined && after !== undefined ? before !== after : before === 'None' || after === 'None';
  // The cluster gives it a port.
  if (path.at(-1) === 'healthCheckNodePort' && (before === undefined || after === undefined)) return false;
  const unsaid = defaults[path.join('.')];
  return canonicalText(before ?? unsaid) !== canonicalText(after ?? unsaid);
}

function keysBelow(
  rule: { readonly under: readonly string[]; readonly except: readonly string[] },
  ...objects: readonly JsonObject[]
): readonly (readonly string[])[] {
  const keys = objects.flatMap((object) => {
    const value = valueAt(object, rule.under);
    return isObject(value) ? Object.keys(value) : [];
  });
  return [...new Set(keys)]
    .filter((key) => !rule.except.includes(key))
    .sort()
    .map((key) => [...rule.under, key]);
}

/** A claim grows and never shrinks (https://kubernetes.io/docs/concepts/storage/persistent-volumes/#resizing). */
function shrunk(before: JsonObject, after: JsonObject): readonly ImmutableChange[] {
  const path = ['spec', 'resources', 'requests', 'storage'];
  const sizes = [before, after].map((object) => parseQuantity(valueAt(object, path)));
  const [old, now] = sizes;
  if (old === undefined || now === undefined || now >= old) return [];
  return [{ at: path, before: valueAt(before, path), after: valueAt(after, path) }];
}
