import { isObject, type JsonObject, type JsonValue } from '@fluxwright/documents';
import { groupOf } from '@fluxwright/kubernetes';
import { imageOfFlag, isImageVariable } from '../data/image-mentions.ts';

/** Which parts of a value count: all of it, a part of each of its keys (`*` for any other), or what a function makes of it. */
type Part = true | { readonly [key: string]: Part } | ((value: JsonValue) => JsonValue | undefined);

/**
 * The part of an object that others ask for: its identity; of a Secret or ConfigMap the names of its keys; ports and selector of a
 * Service; of a definition what it serves; of a workload its pods' requests, images, ports and references; of a custom kind its
 * whole spec, since components say what that refers to. A part of a part is the same part.
 */
export function objectPart(object: JsonObject): JsonObject {
  const { apiVersion = null, kind = null, metadata = null } = object;
  const key = `${groupOf(String(apiVersion))}/${String(kind)}`;
  const parts = parted(object, { ...(kinds[key] ?? (isBuiltIn(String(apiVersion)) ? {} : { spec: true })) });
  return { apiVersion, kind, metadata: identity(metadata), ...(isObject(parts) ? parts : {}) };
}

/** The hook of a release comes and goes, which its annotation tells. */
function identity(metadata: JsonValue): JsonObject {
  const { name = null, namespace, annotations } = isObject(metadata) ? metadata : {};
  const hook = isObject(annotations) ? annotations['helm.sh/hook'] : undefined;
  return {
    name,
    ...(namespace === undefined ? {} : { namespace }),
    ...(hook === undefined ? {} : { annotations: { 'helm.sh/hook': hook } }),
  };
}

/** Kubernetes' own groups have no dot, or end in k8s.io; definitions of others may do so too, and have a spec to keep. */
function isBuiltIn(apiVersion: string): boolean {
  const group = groupOf(apiVersion);
  return !group.includes('.') || ownGroups.has(group);
}

const ownGroups = new Set(
  [
    'admissionregistration',
    'apiextensions',
    'apiregistration',
    'coordination',
    'discovery',
    'flowcontrol.apiserver',
    'networking',
    'node',
    'rbac.authorization',
    'scheduling',
    'storage',
  ].map((name) => `${name}.k8s.io`),
);

/** Keys alone: what they hold is nobody's to see, and changes with less. */
const keysOnly: Part = (value) =>
  isObject(value) ? Object.fromEntries(Object.keys(value).map((key) => [key, ''])) : undefined;

/** Flags that name images which a program starts later. */
const imageFlags: Part = (value) => {
  const flags = (Array.isArray(value) ? value : []).filter(
    (each) => typeof each === 'string' && imageOfFlag(each) !== undefined,
  );
  return flags.length === 0 ? undefined : flags;
};

const reference: Part = { name: true, key: true, optional: true };
const items: Part = { secretName: true, name: true, optional: true, items: { key: true } };

const valueFrom: Part = { secretKeyRef: reference, configMapKeyRef: reference };

/** Of a variable what it refers to: a Secret, a ConfigMap, a Service by its address, or an image. */
const variables: Part = (value) => {
  if (!Array.isArray(value)) return undefined;
  const kept = value.filter(isObject).flatMap((each): JsonObject[] => {
    const { name = null, value: text = null } = each;
    const from = parted(each.valueFrom ?? null, valueFrom);
    if (from !== undefined) return [{ name, valueFrom: from }];
    return typeof text === 'string' && (text.includes('.svc') || isImageVariable(name)) ? [{ name, value: text }] : [];
  });
  return kept.length === 0 ? undefined : kept;
};

const volumes: Part = {
  name: true,
  secret: items,
  configMap: items,
  persistentVolumeClaim: true,
  projected: { sources: { secret: items, configMap: items } },
};

const container: Part = {
  name: true,
  image: true,
  restartPolicy: true,
  ports: { name: true, containerPort: true, protocol: true },
  resources: true,
  envFrom: { secretRef: reference, configMapRef: reference },
  args: imageFlags,
  command: imageFlags,
  env: variables,
};

const pod: Part = {
  serviceAccountName: true,
  priorityClassName: true,
  runtimeClassName: true,
  imagePullSecrets: true,
  hostNetwork: true,
  nodeSelector: true,
  tolerations: true,
  overhead: true,
  resources: true,
  initContainers: container,
  containers: container,
  volumes,
};

const template: Part = { metadata: { labels: true }, spec: pod };
const claim: Part = { storageClassName: true, resources: { requests: true } };
const workload: Part = { spec: { replicas: true, selector: true, template } };
const webhooks: Part = {
  webhooks: {
    name: true,
    failurePolicy: true,
    rules: true,
    clientConfig: { service: true },
    objectSelector: true,
    namespaceSelector: true,
  },
};

/** By `group/Kind`; of a kind of Kubernetes that is not here its identity is enough. */
const kinds: Readonly<Record<string, { readonly [key: string]: Part }>> = {
  '/Secret': { type: true, data: keysOnly, stringData: keysOnly },
  '/ConfigMap': { data: keysOnly, binaryData: keysOnly },
  '/Service': {
    spec: {
      type: true,
      clusterIP: true,
      selector: true,
      ports: { name: true, port: true, targetPort: true, protocol: true },
    },
  },
  '/ServiceAccount': { imagePullSecrets: true },
  '/PersistentVolumeClaim': { spec: claim },
  '/Pod': { spec: pod },
  'apps/Deployment': workload,
  'apps/DaemonSet': workload,
  'apps/ReplicaSet': workload,
  'apps/StatefulSet': {
    spec: {
      replicas: true,
      selector: true,
      serviceName: true,
      template,
      volumeClaimTemplates: { metadata: { name: true }, spec: claim },
    },
  },
  'batch/Job': { spec: { parallelism: true, template } },
  'batch/CronJob': { spec: { jobTemplate: { spec: { parallelism: true, template } } } },
  'autoscaling/HorizontalPodAutoscaler': { spec: { scaleTargetRef: true, minReplicas: true, maxReplicas: true } },
  'policy/PodDisruptionBudget': { spec: { selector: true, minAvailable: true, maxUnavailable: true } },
  'networking.k8s.io/Ingress': { spec: true },
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration': webhooks,
  'admissionregistration.k8s.io/MutatingWebhookConfiguration': webhooks,
  'apiregistration.k8s.io/APIService': { spec: { group: true, version: true, service: true } },
  'apiextensions.k8s.io/CustomResourceDefinition': {
    spec: {
      group: true,
      names: { kind: true, plural: true },
      scope: true,
      versions: { name: true, served: true, storage: true },
      conversion: { strategy: true, webhook: { clientConfig: { service: true } } },
    },
  },
};

/** The part of a value; undefined where nothing of it counts. Lists keep the entries of which something counts. */
function parted(value: JsonValue, part: Part): JsonValue | undefined {
  if (part === true) return value;
  if (typeof part === 'function') return part(value);
  if (Array.isArray(value)) {
    const kept = value
      .flatMap((each) => parted(each, part) ?? [])
      .filter((each) => part !== volumes || !isNameOnly(each));
    return kept.length === 0 ? undefined : kept;
  }
  if (!isObject(value)) return undefined;
  const kept = Object.keys(part).flatMap((key): [string, JsonValue][] => {
    const below = Object.hasOwn(value, key) ? parted(value[key] as JsonValue, part[key] as Part) : undefined;
    return below === undefined || below === null ? [] : [[key, below]];
  });
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

/** The name of a volume that refers to nothing tells nothing. */
function isNameOnly(value: JsonValue): boolean {
  return isObject(value) && Object.keys(value).join() === 'name';
}
