import type { Json } from '../../src/json-schema.ts';

/** An object that the API server takes, of a built-in kind. */
export type GoodObject = Readonly<Record<string, Json>> & { readonly apiVersion: string; readonly kind: string };

const metadata = { name: 'example', labels: { app: 'a' } };
const selector: Json = { matchLabels: { app: 'a' } };
const requests = { storage: '1Gi' };
const template: Json = {
  metadata: { labels: { app: 'a' } },
  spec: {
    affinity: {
      nodeAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          { weight: 1, preference: { matchExpressions: [{ key: 'a', operator: 'Exists' }] } },
        ],
      },
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'h', labelSelector: selector }],
      },
    },
    containers: [
      {
        name: 'c',
        image: 'x',
        args: ['a'],
        env: [
          { name: 'A', value: 'b' },
          { name: 'B', valueFrom: { secretKeyRef: { name: 's', key: 'k', optional: true } } },
        ],
        ports: [{ name: 'http', containerPort: 80 }],
        resources: { limits: { memory: '1Gi' }, requests: { cpu: 0.5 } },
        livenessProbe: {
          httpGet: { path: '/', port: 'http', httpHeaders: [{ name: 'a', value: 'b' }] },
          periodSeconds: 3,
        },
        lifecycle: { preStop: { sleep: { seconds: 3 } } },
        securityContext: { capabilities: { drop: ['ALL'] } },
        volumeMounts: [{ name: 'v', mountPath: '/v', readOnly: true }],
      },
    ],
    securityContext: { sysctls: [{ name: 'kernel.shm_rmid_forced', value: '0' }] },
    tolerations: [{ key: 'a', operator: 'Exists', effect: 'NoSchedule' }],
    volumes: [
      { name: 'v', configMap: { name: 'c', items: [{ key: 'a', path: 'b', mode: 420 }] } },
      { name: 'w', iscsi: { targetPortal: '192.0.2.1:3260', iqn: 'iqn.2001-04.com.example:storage', lun: 0 } },
    ],
  },
};

export const goodObjects: readonly GoodObject[] = [
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: {
      replicas: 2,
      selector,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: 1 } },
      template,
    },
    status: { replicas: 1, conditions: [{ type: 'Available', status: 'True' }] },
  },
  {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata,
    spec: {
      serviceName: 's',
      selector,
      template: { metadata: { labels: { app: 'a' } }, spec: { containers: [{ name: 'c', image: 'x' }] } },
      volumeClaimTemplates: [
        {
          metadata: { name: 'd' },
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests } },
          status: { phase: 'Pending' },
        },
      ],
    },
    status: { replicas: 0 },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: { selector: { app: 'a' }, ports: [{ name: 'a', port: 80, targetPort: 'http', protocol: 'TCP' }] },
  },
  { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { a: 'b' }, binaryData: { d: 'aGVsbG8=' }, immutable: true },
  { apiVersion: 'v1', kind: 'Secret', metadata, type: 'Opaque', data: { a: 'aGVsbG8=' }, stringData: { b: 'c' } },
  {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata,
    spec: { accessModes: ['ReadWriteOnce'], storageClassName: 's', resources: { requests } },
  },
  { apiVersion: 'v1', kind: 'LimitRange', metadata, spec: { limits: [{ type: 'Container', max: { memory: '1Gi' } }] } },
  {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata,
    spec: {
      schedule: '* * * * *',
      suspend: true,
      jobTemplate: {
        spec: {
          backoffLimit: 1,
          podFailurePolicy: {
            rules: [{ action: 'FailJob', onExitCodes: { containerName: 'c', operator: 'In', values: [3] } }],
          },
          template: { spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'x' }] } },
        },
      },
    },
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata,
    spec: {
      tls: [{ hosts: ['a.example'], secretName: 's' }],
      rules: [
        {
          host: 'a.example',
          http: {
            paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'a', port: { number: 80 } } } }],
          },
        },
      ],
    },
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata,
    spec: {
      podSelector: selector,
      policyTypes: ['Ingress'],
      ingress: [
        { from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }], ports: [{ port: 80, endPort: 90 }] },
      ],
    },
  },
  {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata,
    spec: {
      maxReplicas: 3,
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'a' },
      metrics: [
        { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } } },
      ],
    },
    status: { desiredReplicas: 0, currentMetrics: null },
  },
  {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata,
    spec: { minAvailable: '50%', selector },
    status: { currentHealthy: 0, desiredHealthy: 0, disruptionsAllowed: 0, expectedPods: 0 },
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata,
    rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'a' },
    subjects: [{ kind: 'ServiceAccount', name: 'a', namespace: 'default' }],
  },
  {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata,
    spec: { holderIdentity: 'a', leaseDurationSeconds: 3, renewTime: '2026-01-02T03:04:05.000000Z' },
  },
  {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'things.example.org' },
    spec: {
      group: 'example.org',
      scope: 'Namespaced',
      names: { kind: 'Thing', plural: 'things' },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          additionalPrinterColumns: [{ name: 'A', type: 'string', jsonPath: '.spec.a' }],
          subresources: { scale: { specReplicasPath: '.spec.r', statusReplicasPath: '.status.r' } },
          schema: {
            openAPIV3Schema: {
              type: 'object',
              properties: {
                spec: {
                  type: 'object',
                  properties: { a: { type: 'string', enum: ['x'] }, r: { type: 'integer', minimum: 0 } },
                },
                status: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
              },
            },
          },
        },
      ],
    },
    status: { acceptedNames: { kind: '', plural: '' }, conditions: [], storedVersions: [] },
  },
];
