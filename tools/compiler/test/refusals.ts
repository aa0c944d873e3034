/** An object that keeps its schema and that the API server refuses when it is applied. */
export interface Refusal {
  readonly name: string;
  readonly object: {
    readonly apiVersion: string;
    readonly kind: string;
    readonly metadata: { readonly name: string };
  } & Record<string, unknown>;
  /** Part of what is said of it. */
  readonly at: string;
  /** Of a custom kind, which a bare API server does not have. */
  readonly custom?: true;
}

const metadata = { name: 'example', namespace: 'default' };
const labels = { app: 'a' };

function deployment(
  pod: object,
  more: { readonly restartPolicy?: string; readonly volumes?: object[] } = {},
  wanted: object = labels,
) {
  const spec = { containers: [{ name: 'c', image: 'x', ...pod }], ...more };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: { selector: { matchLabels: wanted }, template: { metadata: { labels }, spec } },
  };
}

function service(spec: object) {
  return { apiVersion: 'v1', kind: 'Service', metadata, spec: { selector: labels, ...spec } };
}

const clusterScoped = { name: 'example' };

export const refusals: readonly Refusal[] = [
  {
    name: 'two env entries of one name',
    object: deployment({
      env: [
        { name: 'A', value: '1' },
        { name: 'A', value: '2' },
      ],
    }),
    at: 'env have one name',
  },
  {
    name: 'two ports of one number',
    object: deployment({ ports: [{ containerPort: 80 }, { containerPort: 80, protocol: 'TCP', name: 'b' }] }),
    at: 'containerPort and protocol',
  },
  {
    name: 'two mounts at one path',
    object: deployment(
      {
        volumeMounts: [
          { name: 'v', mountPath: '/v' },
          { name: 'v', mountPath: '/v' },
        ],
      },
      { volumes: [{ name: 'v', emptyDir: {} }] },
    ),
    at: 'volumeMounts have one mountPath',
  },
  {
    name: 'two volumes of one name',
    object: deployment(
      {},
      {
        volumes: [
          { name: 'v', emptyDir: {} },
          { name: 'v', emptyDir: {} },
        ],
      },
    ),
    at: 'volumes have one name',
  },
  {
    name: 'two Service ports of one number',
    object: service({
      ports: [
        { name: 'a', port: 80 },
        { name: 'b', port: 80, protocol: 'TCP' },
      ],
    }),
    at: 'port and protocol',
  },
  {
    name: 'two webhooks of one name',
    object: {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      metadata: clusterScoped,
      webhooks: [1, 2].map(() => ({
        name: 'a.example.com',
        sideEffects: 'None',
        admissionReviewVersions: ['v1'],
        clientConfig: { url: 'https://a.example.com' },
      })),
    },
    at: 'webhooks have one name',
  },
  {
    name: 'a CEL rule of a definition',
    custom: true,
    object: {
      apiVersion: 'postgresql.cnpg.io/v1',
      kind: 'Cluster',
      metadata,
      spec: {
        instances: 1,
        storage: { size: '1Gi' },
        imageName: 'a',
        imageCatalogRef: { apiGroup: 'postgresql.cnpg.io', kind: 'ImageCatalog', name: 'a', major: 16 },
      },
    },
    at: 'mutually exclusive',
  },
  {
    name: 'two items of a custom list',
    custom: true,
    object: {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata,
      spec: {
        gatewayClassName: 'a',
        listeners: [
          { name: 'a', port: 80, protocol: 'HTTP' },
          { name: 'a', port: 81, protocol: 'HTTP' },
        ],
      },
    },
    at: 'listeners',
  },
  { name: 'a selector that does not fit', object: deployment({}, {}, { app: 'b' }), at: 'selector does not fit' },
  { name: 'a restartPolicy of a Deployment', object: deployment({}, { restartPolicy: 'Never' }), at: 'must be Always' },
  {
    name: 'a Job without restartPolicy',
    object: {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata,
      spec: { template: { spec: { containers: [{ name: 'c', image: 'x' }] } } },
    },
    at: 'OnFailure or Never',
  },
  { name: 'a container name with a capital', object: deployment({ name: 'Web' }), at: 'container name' },
  {
    name: 'a port name that is too long',
    object: deployment({ ports: [{ name: 'a-name-of-sixteen', containerPort: 80 }] }),
    at: 'port name',
  },
  {
    name: 'a mount without volume',
    object: deployment({ volumeMounts: [{ name: 'v', mountPath: '/v' }] }),
    at: 'mounts the volume "v"',
  },
  {
    name: 'a request above the limit',
    object: deployment({ resources: { requests: { memory: '2Gi' }, limits: { memory: '1Gi' } } }),
    at: 'more than its limit',
  },
  {
    name: 'several Service ports without names',
    object: service({ ports: [{ port: 80 }, { name: 'b', port: 81 }] }),
    at: 'needs a name',
  },
  { name: 'a Service without ports', object: service({}), at: 'needs a port' },
  { name: 'an ExternalName without a name', object: service({ type: 'ExternalName' }), at: 'externalName' },
  {
    name: 'a node port of a ClusterIP',
    object: service({ ports: [{ port: 80, nodePort: 30080 }] }),
    at: 'no node ports',
  },
  {
    name: 'a key of a ConfigMap',
    object: { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { 'a/b': 'c' } },
    at: 'the key "a/b"',
  },
  {
    name: 'both sides of a budget',
    object: {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata,
      spec: { minAvailable: 1, maxUnavailable: 1, selector: { matchLabels: labels } },
    },
    at: 'cannot both be set',
  },
  {
    name: 'fewer at most than at least',
    object: {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata,
      spec: {
        minReplicas: 3,
        maxReplicas: 2,
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'a' },
      },
    },
    at: 'less than minReplicas',
  },
  {
    name: 'a relative path of an Ingress',
    object: {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata,
      spec: {
        rules: [
          {
            http: {
              paths: [{ path: 'a', pathType: 'Prefix', backend: { service: { name: 'a', port: { number: 80 } } } }],
            },
          },
        ],
      },
    },
    at: 'begins with "/"',
  },
  {
    name: 'a subject without namespace',
    object: {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: clusterScoped,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
      subjects: [{ kind: 'ServiceAccount', name: 'a' }],
    },
    at: 'needs its namespace',
  },
  {
    name: 'a Role of URLs',
    object: {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata,
      rules: [{ nonResourceURLs: ['/healthz'], verbs: ['get'] }],
    },
    at: 'nonResourceURLs',
  },
  {
    name: 'a rule without apiGroups',
    object: {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: clusterScoped,
      rules: [{ resources: ['pods'], verbs: ['get'] }],
    },
    at: 'needs apiGroups',
  },
  {
    name: 'a definition of another name',
    object: {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'widget.example.com' },
      spec: {
        group: 'example.com',
        scope: 'Namespaced',
        names: { kind: 'Widget', plural: 'widgets', singular: 'widget', listKind: 'WidgetList' },
        versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }],
      },
    },
    at: 'plural and group',
  },
];
