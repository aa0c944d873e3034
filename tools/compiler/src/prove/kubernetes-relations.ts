import type { NeededThing } from '@fluxwright/model';
import type { KindRelations } from './relation.ts';

/** Only references that must be fulfilled: Kubernetes lets a pod start without an optional one. */
const unlessOptional = { '.optional': ['false', null] };

/**
 * What a pod template refers to (https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/), below
 * `at`. `at` may end in `**` where it is not known how deep a pod's parts lie, as in chart values.
 */
function podNeeds(at: string): readonly NeededThing[] {
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
const webhooks: KindRelations = { needs: [calledService('webhooks[].clientConfig.service')], makes: [] };

/** `sourceRef`, `chartRef` and references to the data of values (helm-controller and kustomize-controller, docs/spec). */
const fluxSource = {
  group: 'source.toolkit.fluxcd.io',
  kind: '{.kind}',
  name: '{.name}',
  namespace: '{.namespace}',
  // validate/missing-reference says what is not there.
  optional: true,
};
const fluxValues: readonly NeededThing[] = [
  {
    at: 'spec.valuesFrom[]',
    kind: '{.kind}',
    name: '{.name}',
    keys: ["{.valuesKey|'values.yaml'}"],
    when: unlessOptional,
  },
  { at: 'spec.kubeConfig.secretRef', kind: 'Secret', name: '{.name}' },
];

/** In chart values: the forms that Kubernetes itself has, and the `existingSecret` that most charts share. */
const chartValues: readonly NeededThing[] = [
  ...podNeeds('spec.values.**'),
  { at: 'spec.values.**', kind: 'Secret', name: '{.existingSecret}', keys: ['{.existingSecretKey}'] },
  { at: 'spec.values.**.existingSecret', kind: 'Secret', name: '{.name}', keys: ['{.key}'] },
  { at: 'spec.values.**.*ExistingSecret', kind: 'Secret', name: '{.}' },
];

/** By `group/Kind`: the references of Kubernetes' own kinds and of Flux's. Custom kinds are described in the catalogue. */
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
  ['apiregistration.k8s.io/APIService', { needs: [calledService('spec.service')], makes: [] }],
  [
    'apiextensions.k8s.io/CustomResourceDefinition',
    { needs: [calledService('spec.conversion.webhook.clientConfig.service')], makes: [] },
  ],
  [
    'helm.toolkit.fluxcd.io/HelmRelease',
    {
      needs: [
        ...fluxValues,
        ...chartValues,
        { at: 'spec.chart.spec.sourceRef', ...fluxSource },
        { at: 'spec.chartRef', ...fluxSource },
        { kind: 'ServiceAccount', name: '{spec.serviceAccountName}' },
        {
          kind: 'Namespace',
          name: '{spec.targetNamespace}',
          when: { 'spec.install.createNamespace': ['false', null] },
          optional: true,
        },
      ],
      makes: [],
    },
  ],
  [
    'kustomize.toolkit.fluxcd.io/Kustomization',
    {
      needs: [
        { at: 'spec.sourceRef', ...fluxSource },
        { at: 'spec.decryption.secretRef', kind: 'Secret', name: '{.name}' },
        { at: 'spec.kubeConfig.secretRef', kind: 'Secret', name: '{.name}' },
        { at: 'spec.postBuild.substituteFrom[]', kind: '{.kind}', name: '{.name}', when: unlessOptional },
        { kind: 'ServiceAccount', name: '{spec.serviceAccountName}' },
      ],
      makes: [],
    },
  ],
  ...['GitRepository', 'HelmRepository', 'OCIRepository', 'Bucket'].map((kind): [string, KindRelations] => [
    `source.toolkit.fluxcd.io/${kind}`,
    {
      needs: ['secretRef', 'certSecretRef', 'proxySecretRef', 'verify.secretRef'].map((at) => ({
        at: `spec.${at}`,
        kind: 'Secret',
        name: '{.name}',
      })),
      makes: [],
    },
  ]),
]);
