import { isObject, type JsonObject, type JsonPath, type JsonValue, placesAt, valueAt } from '@fluxwright/documents';
import { parseQuantity } from '../amount/quantity.ts';
import { dnsLabel } from '../name/name-rule.ts';

/** A value that Kubernetes' own code refuses in an object of a built-in kind. */
export interface ServerFault {
  readonly at: JsonPath;
  /** Half a sentence. */
  readonly note: string;
  readonly help: string;
}

type Rule = (object: JsonObject) => readonly ServerFault[];

/** Where a kind's pods are described. */
const podPaths: Readonly<Record<string, JsonPath>> = {
  Pod: ['spec'],
  Deployment: ['spec', 'template', 'spec'],
  ReplicaSet: ['spec', 'template', 'spec'],
  StatefulSet: ['spec', 'template', 'spec'],
  DaemonSet: ['spec', 'template', 'spec'],
  Job: ['spec', 'template', 'spec'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
};

/**
 * What no schema can say of built-in kinds: rules between fields, and names that lists of Kubernetes' code check (k8s.io/kubernetes v1.37.2,
 * pkg/apis/…/validation/validation.go). Those that people break; each is held against a real API server in the tests of
 * tools/kubernetes-schemas.
 */
export function serverFaults(object: JsonObject): readonly ServerFault[] {
  const kind = String(object.kind);
  const group = String(object.apiVersion).split('/').slice(0, -1).join('/');
  const pod = podPaths[kind];
  const own = Object.hasOwn(rules, `${group}/${kind}`) ? (rules[`${group}/${kind}`] ?? []) : [];
  const isBuiltIn = ['', 'apps', 'batch'].includes(group);
  return [...own, ...(pod === undefined || !isBuiltIn ? [] : podRules(pod, kind))].flatMap((rule) => rule(object));
}

/** By `group/Kind`. */
const rules: Readonly<Record<string, readonly Rule[]>> = {
  '/Service': [servicePorts],
  '/ConfigMap': [dataKeys],
  '/Secret': [dataKeys],
  'apps/Deployment': [selectorFits],
  'apps/ReplicaSet': [selectorFits],
  'apps/StatefulSet': [selectorFits],
  'apps/DaemonSet': [selectorFits],
  'policy/PodDisruptionBudget': [budget],
  'autoscaling/HorizontalPodAutoscaler': [replicaBounds],
  'networking.k8s.io/Ingress': [ingressPaths],
  'rbac.authorization.k8s.io/ClusterRoleBinding': [subjects],
  'rbac.authorization.k8s.io/Role': [policyRules],
  'rbac.authorization.k8s.io/ClusterRole': [policyRules],
  'apiextensions.k8s.io/CustomResourceDefinition': [definitionName],
};

function fault(at: JsonPath, note: string, help: string): ServerFault {
  return { at, note, help };
}

function list(object: JsonObject, path: JsonPath): readonly (readonly [number, JsonObject])[] {
  const value = valueAt(object, path);
  if (!Array.isArray(value)) return [];
  return [...value.entries()].filter((entry): entry is [number, JsonObject] => isObject(entry[1]));
}

function podRules(pod: JsonPath, kind: string): readonly Rule[] {
  return [
    (object) => restartPolicy(object, pod, kind),
    (object) => containers(object, pod),
    (object) => mounts(object, pod, kind),
  ];
}

function restartPolicy(object: JsonObject, pod: JsonPath, kind: string): readonly ServerFault[] {
  if (kind === 'Pod' || valueAt(object, pod) === undefined) return [];
  const policy = valueAt(object, [...pod, 'restartPolicy']) ?? 'Always';
  const isJob = kind === 'Job' || kind === 'CronJob';
  if (isJob !== (policy === 'Always')) return [];
  const wanted = isJob ? 'OnFailure or Never' : 'Always';
  const at = [...pod, 'restartPolicy'];
  return [
    fault(at, `the restartPolicy of a ${kind} must be ${wanted}`, `write restartPolicy: ${wanted.split(' ')[0]}`),
  ];
}

/** IANA service names: k8s.io/apimachinery pkg/util/validation IsValidPortName. */
function portName(name: string): boolean {
  return name.length <= 15 && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name) && /[a-z]/.test(name);
}

function containers(object: JsonObject, pod: JsonPath): readonly ServerFault[] {
  const all = ['initContainers', 'containers'].flatMap((key) =>
    list(object, [...pod, key]).map(([index, container]) => ({ at: [...pod, key, index], container })),
  );
  const names = new Set<JsonValue | undefined>();
  return all.flatMap(({ at, container }) => {
    const { name } = container;
    const reason = typeof name === 'string' ? dnsLabel(name) : undefined;
    const isTwice = names.has(name) && at.at(-2) === 'containers' && isInit(all, name);
    names.add(name);
    return [
      ...(reason === undefined
        ? []
        : [fault([...at, 'name'], `the container name "${name}" is none: ${reason}`, 'change the name')]),
      ...(isTwice
        ? [fault([...at, 'name'], `an init container has the name "${name}" as well`, 'rename one of the two')]
        : []),
      ...ports(object, at),
      ...resources(object, at),
    ];
  });
}

function isInit(
  all: readonly { readonly at: JsonPath; readonly container: JsonObject }[],
  name: JsonValue | undefined,
): boolean {
  return all.some(({ at, container }) => at.at(-2) === 'initContainers' && container.name === name);
}

function ports(object: JsonObject, container: JsonPath): readonly ServerFault[] {
  const names = new Set<string>();
  return list(object, [...container, 'ports']).flatMap(([index, { name }]) => {
    if (typeof name !== 'string') return [];
    const at = [...container, 'ports', index, 'name'];
    const isTwice = names.has(name);
    names.add(name);
    if (isTwice) return [fault(at, `two ports of the container are named "${name}"`, 'rename one of the two')];
    if (portName(name)) return [];
    return [
      fault(
        at,
        `the port name "${name}" is none`,
        'at most 15 lower-case letters, digits and single "-", one letter among them',
      ),
    ];
  });
}

function resources(object: JsonObject, container: JsonPath): readonly ServerFault[] {
  const requests = valueAt(object, [...container, 'resources', 'requests']);
  const limits = valueAt(object, [...container, 'resources', 'limits']);
  if (!isObject(requests) || !isObject(limits)) return [];
  return Object.entries(requests).flatMap(([name, request]) => {
    const [asked, most] = [parseQuantity(request), parseQuantity(limits[name])];
    if (asked === undefined || most === undefined || asked <= most) return [];
    const at = [...container, 'resources', 'requests', name];
    return [
      fault(
        at,
        `the request of ${name} (${request}) is more than its limit (${limits[name]})`,
        'raise the limit, or ask for less',
      ),
    ];
  });
}

function mounts(object: JsonObject, pod: JsonPath, kind: string): readonly ServerFault[] {
  const volumes = list(object, [...pod, 'volumes']).map(([, { name }]) => name);
  const claims =
    kind === 'StatefulSet'
      ? placesAt(object, 'spec.volumeClaimTemplates[].metadata.name').map(({ value }) => value)
      : [];
  const there = new Set([...volumes, ...claims]);
  return ['initContainers', 'containers'].flatMap((key) =>
    placesAt(valueAt(object, pod) ?? null, `${key}[].volumeMounts[].name`)
      .filter(({ value }) => !there.has(value))
      .map(({ path, value }) =>
        fault(
          [...pod, ...path],
          `a container mounts the volume "${value}", which the pod does not have`,
          'add it to volumes, or name one that is there',
        ),
      ),
  );
}

function selectorFits(object: JsonObject): readonly ServerFault[] {
  const wanted = valueAt(object, ['spec', 'selector', 'matchLabels']);
  const labels = valueAt(object, ['spec', 'template', 'metadata', 'labels']);
  if (!isObject(wanted)) return [];
  return Object.entries(wanted)
    .filter(([key, value]) => !isObject(labels) || labels[key] !== value)
    .slice(0, 1)
    .map(([key, value]) =>
      fault(
        ['spec', 'selector', 'matchLabels', key],
        `its selector does not fit the labels of its pods`,
        `give the template the label ${key}: ${value}`,
      ),
    );
}

function servicePorts(object: JsonObject): readonly ServerFault[] {
  const type = valueAt(object, ['spec', 'type']);
  const all = list(object, ['spec', 'ports']);
  const isHeadless = valueAt(object, ['spec', 'clusterIP']) === 'None';
  const external = valueAt(object, ['spec', 'externalName']);
  const names = new Set<JsonValue>();
  return [
    ...(type === 'ExternalName' && (external === undefined || external === '')
      ? [fault(['spec', 'type'], 'a Service of type ExternalName needs spec.externalName', 'add spec.externalName')]
      : []),
    ...(all.length === 0 && !isHeadless && type !== 'ExternalName'
      ? [fault(['spec'], 'a Service needs a port, unless it is headless', 'add spec.ports')]
      : []),
    ...all.flatMap(([index, { name, nodePort }]) => {
      const at: JsonPath = ['spec', 'ports', index];
      const found: ServerFault[] = [];
      if (name === undefined && all.length > 1)
        found.push(fault(at, 'each of several ports needs a name', 'add a name to each port'));
      if (typeof name === 'string') {
        if (names.has(name))
          found.push(fault([...at, 'name'], `two ports are named "${name}"`, 'rename one of the two'));
        if (dnsLabel(name) !== undefined)
          found.push(fault([...at, 'name'], `the port name "${name}" is none: ${dnsLabel(name)}`, 'change the name'));
        names.add(name);
      }
      // null is as good as absent: some charts write it.
      if (typeof nodePort === 'number' && nodePort !== 0 && (type === undefined || type === 'ClusterIP'))
        found.push(
          fault(
            [...at, 'nodePort'],
            'a Service of type ClusterIP has no node ports',
            'remove nodePort, or set the type',
          ),
        );
      return found;
    }),
  ];
}

/** IsConfigMapKey of k8s.io/apimachinery pkg/util/validation. The data of a Secret is not shown. */
function dataKeys(object: JsonObject): readonly ServerFault[] {
  return ['data', 'stringData', 'binaryData'].flatMap((map) => {
    const data = object[map];
    return Object.keys(isObject(data) ? data : {})
      .filter((key) => key.length > 253 || !/^[-._a-zA-Z0-9]+$/.test(key) || key === '.' || key.startsWith('..'))
      .map((key) =>
        fault([map, key], `the key "${key}" is none`, 'letters, digits, "-", "_" and "." only, and not ".." in front'),
      );
  });
}

function budget(object: JsonObject): readonly ServerFault[] {
  const { spec } = object;
  if (!isObject(spec) || spec.minAvailable === undefined || spec.maxUnavailable === undefined) return [];
  return [
    fault(['spec', 'maxUnavailable'], 'minAvailable and maxUnavailable cannot both be set', 'keep one of the two'),
  ];
}

function replicaBounds(object: JsonObject): readonly ServerFault[] {
  const [least, most] = [valueAt(object, ['spec', 'minReplicas']) ?? 1, valueAt(object, ['spec', 'maxReplicas'])];
  if (typeof least !== 'number' || typeof most !== 'number' || most >= least) return [];
  return [
    fault(
      ['spec', 'maxReplicas'],
      `maxReplicas (${most}) is less than minReplicas (${least})`,
      'exchange or change the two',
    ),
  ];
}

function ingressPaths(object: JsonObject): readonly ServerFault[] {
  return placesAt(object, 'spec.rules[].http.paths[]').flatMap(({ path, value }) => {
    if (!isObject(value) || !['Exact', 'Prefix'].includes(String(value.pathType))) return [];
    if (typeof value.path === 'string' && value.path.startsWith('/')) return [];
    return [
      fault(
        [...path, value.path === undefined ? 'pathType' : 'path'],
        `a path of type ${value.pathType} begins with "/"`,
        'put a "/" in front',
      ),
    ];
  });
}

function subjects(object: JsonObject): readonly ServerFault[] {
  return list(object, ['subjects']).flatMap(([index, { kind, namespace }]) =>
    kind === 'ServiceAccount' && (namespace === undefined || namespace === '')
      ? [fault(['subjects', index], 'a ServiceAccount among the subjects needs its namespace', 'add namespace')]
      : [],
  );
}

function policyRules(object: JsonObject): readonly ServerFault[] {
  return list(object, ['rules']).flatMap(([index, rule]) => {
    const at: JsonPath = ['rules', index];
    const has = (key: string): boolean => Array.isArray(rule[key]) && (rule[key] as readonly JsonValue[]).length > 0;
    if (!has('verbs')) return [fault(at, 'a rule needs verbs', 'add verbs')];
    if (has('nonResourceURLs'))
      return object.kind === 'Role' ? [fault(at, 'a Role cannot have nonResourceURLs', 'use a ClusterRole')] : [];
    if (!has('apiGroups'))
      return [fault(at, 'a rule for resources needs apiGroups', 'add apiGroups; [""] is the core group')];
    return has('resources') ? [] : [fault(at, 'a rule needs resources', 'add resources')];
  });
}

function definitionName(object: JsonObject): readonly ServerFault[] {
  const plural = valueAt(object, ['spec', 'names', 'plural']);
  const name = `${String(plural)}.${String(valueAt(object, ['spec', 'group']))}`;
  const storing = placesAt(object, 'spec.versions[].storage').filter(({ value }) => value === true);
  return [
    ...(typeof plural === 'string' && valueAt(object, ['metadata', 'name']) !== name
      ? [fault(['metadata', 'name'], `the name of a definition is its plural and group, ${name}`, `name it ${name}`)]
      : []),
    ...(storing.length === 1
      ? []
      : [fault(['spec', 'versions'], 'exactly one version is stored', 'set storage: true at one version')]),
  ];
}
