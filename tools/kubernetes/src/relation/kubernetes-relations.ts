import type { KindRelations, NeededThing } from './relation.ts';

/** Only references that must be fulfilled: Kubernetes lets a pod start without an optional one. */
export const unlessOptional = { '.optional': ['false', null] };

/**
 * What a pod template refers to (https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/), below
 * `at`. `at` may end in `**` where it is not known how deep a pod's parts lie, as in chart values.
 */
export function podNeeds(at: string): readonly NeededThing[] {
  return [
    { at: `${at}.secretKeyRef`, kind: 'Secret', name: '{.name}', keys: ['{.key}'], when: unlessOptional },
    { at: `${at}.configMapKeyRef`, kind: 'ConfigMap', name: '{.name}', keys: ['{.key}'], when: unlessOptional },
    { at: `${at}.envFrom[].secretRef`, kind: 'Secret', name: '{.name}', when: unlessOptional },
    { at: `${at}.envFrom[].configMapRef`, kind: 'ConfigMap', name: '{.name}', when: unlessOptional },
    {
      at: `${at}.secret`,
      kind: 'Secret',
      name: '{.secretName}',
      keys: ['{.items[].key}'],
      when: unlessOptional,
    },
  ];
}

function templateNeeds(pod: string): readonly NeededThing[] {
  return [
    ...podNeeds(`${pod}.**`),
    {
      at: `${pod}.volumes[].configMap`,
      kind: 'ConfigMap',
      name: '{.name}',
      keys: ['{.items[].key}'],
      when: unlessOptional,
    },
    {
      at: `${pod}.volumes[].projected.sources[].secret`,
      kind: 'Secret',
      name: '{.name}',
      keys: ['{.items[].key}'],
      when: unlessOptional,
    },
    {
      at: `${pod}.volumes[].projected.sources[].configMap`,
      kind: 'ConfigMap',
      name: '{.name}',
      keys: ['{.items[].key}'],
      when: unlessOptional,
    },
    { at: `${pod}.volumes[].persistentVolumeClaim`, kind: 'PersistentVolumeClaim', name: '{.claimName}' },
    { at: `${pod}.imagePullSecrets[]`, kind: 'Secret', name: '{.name}' },
    { at: pod, kind: 'ServiceAccount', name: '{.serviceAccountName}' },
    { at: pod, group: 'scheduling.k8s.io', kind: 'PriorityClass', name: '{.priorityClassName}' },
    { at: pod, group: 'node.k8s.io', kind: 'RuntimeClass', name: '{.runtimeClassName}' },
  ];
}

const workload = { needs: templateNeeds('spec.template.spec'), makes: [] };
const storageClass = { group: 'storage.k8s.io', kind: 'StorageClass', name: '{.storageClassName}' };

/** A backend of an Ingress (https://kubernetes.io/docs/reference/kubernetes-api/networking-k8s-io/ingress-v1/). */
const ingressService = (at: string): NeededThing => ({
  at: `${at}.service`,
  kind: 'Service',
  name: '{.name}',
  keys: ['{.port.number|.port.name}'],
  order: false,
});

/** Where the API server sends requests of a webhook, of a conversion, of an aggregated API; 443 where no port is said. */
const calledService = (at: string): NeededThing => ({
  at,
  kind: 'Service',
  name: '{.name}',
  namespace: '{.namespace}',
  keys: ["{.port|'443'}"],
  order: false,
});
/**
 * What a HorizontalPodAutoscaler sets, and the requests that its metrics are measured by
 * (https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/horizontal-pod-autoscaler-v2/).
 */
const horizontalScaling: KindRelations = {
  needs: [],
  makes: [],
  steers: [
    { at: 'spec.scaleTargetRef', keys: ['replicas'] },
    { at: 'spec.metrics[].resource', keys: ['{.name}'] },
    { at: 'spec.metrics[].containerResource', keys: ['{.name}'] },
    // autoscaling/v1
    { when: { 'spec.targetCPUUtilizationPercentage': true }, keys: ['cpu'] },
  ].map((each) => ({ ...each, kind: '{spec.scaleTargetRef.kind}', name: '{spec.scaleTargetRef.name}' })),
};
const webhooks: KindRelations = { needs: [calledService('webhooks[].clientConfig.service')], makes: [] };

/** By `group/Kind`: the references of Kubernetes' own kinds. */
export const kubernetesRelations: ReadonlyMap<string, KindRelations> = new Map([
  ['/Pod', { needs: templateNeeds('spec'), makes: [] }],
  ['apps/Deployment', workload],
  ['apps/DaemonSet', workload],
  ['apps/ReplicaSet', workload],
  [
    'apps/StatefulSet',
    { needs: [...workload.needs, { at: 'spec.volumeClaimTemplates[].spec', ...storageClass }], makes: [] },
  ],
  ['batch/Job', workload],
  ['batch/CronJob', { needs: templateNeeds('spec.jobTemplate.spec.template.spec'), makes: [] }],
  ['/PersistentVolumeClaim', { needs: [{ at: 'spec', ...storageClass }], makes: [] }],
  ['/ServiceAccount', { needs: [{ at: 'imagePullSecrets[]', kind: 'Secret', name: '{.name}' }], makes: [] }],
  [
    'networking.k8s.io/Ingress',
    {
      needs: [
        { group: 'networking.k8s.io', kind: 'IngressClass', name: '{spec.ingressClassName}' },
        { at: 'spec.tls[]', kind: 'Secret', name: '{.secretName}' },
        ingressService('spec.defaultBackend'),
        ingressService('spec.rules[].http.paths[].backend'),
      ],
      makes: [],
    },
  ],
  ['admissionregistration.k8s.io/ValidatingWebhookConfiguration', webhooks],
  ['admissionregistration.k8s.io/MutatingWebhookConfiguration', webhooks],
  ['autoscaling/HorizontalPodAutoscaler', horizontalScaling],
  ['apiregistration.k8s.io/APIService', { needs: [calledService('spec.service')], makes: [] }],
  [
    'apiextensions.k8s.io/CustomResourceDefinition',
    { needs: [calledService('spec.conversion.webhook.clientConfig.service')], makes: [] },
  ],
]);
