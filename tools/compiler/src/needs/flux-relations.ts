import { type KindRelations, type NeededThing, podNeeds, unlessOptional } from '@fluxwright/kubernetes';

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
  { at: 'spec.values.**', group: 'scheduling.k8s.io', kind: 'PriorityClass', name: '{.priorityClassName}' },
];

/** By `group/Kind`: the references of Flux's kinds. */
export const fluxRelations: ReadonlyMap<string, KindRelations> = new Map([
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
