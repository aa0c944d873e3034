/** An object of any kind. */
export interface WorkloadObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly [key: string]: unknown;
}

/** `count` valid objects as a platform has them: a quarter each of Deployments, Services, ConfigMaps and ServiceAccounts. */
export function workloadObjects(count: number): WorkloadObject[] {
  const makers = [deployment, service, configMap, serviceAccount];
  return Array.from({ length: count }, (_, i) => (makers[i % makers.length] ?? deployment)(`object-${i}`));
}

function metadata(name: string): object {
  return { name, namespace: 'default', labels: { app: name, 'app.kubernetes.io/part-of': 'bench' } };
}

function deployment(name: string): WorkloadObject {
  const labels = { app: name };
  const container = {
    name: 'main',
    image: 'registry.example/main:1.2.3',
    ports: [{ name: 'http', containerPort: 8080 }],
    env: Array.from({ length: 8 }, (_, i) => ({ name: `SETTING_${i}`, value: `value ${i}` })),
    resources: { limits: { cpu: '500m', memory: '256Mi' }, requests: { cpu: '50m', memory: '64Mi' } },
    livenessProbe: { httpGet: { path: '/healthz', port: 'http' } },
    volumeMounts: [{ name: 'config', mountPath: '/etc/config' }],
    securityContext: { runAsNonRoot: true, capabilities: { drop: ['ALL'] } },
  };
  const pod = { containers: [container], volumes: [{ name: 'config', configMap: { name } }], serviceAccountName: name };
  const spec = { replicas: 2, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: pod } };
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: metadata(name), spec };
}

function service(name: string): WorkloadObject {
  const spec = { selector: { app: name }, ports: [{ name: 'http', port: 80, targetPort: 'http' }] };
  return { apiVersion: 'v1', kind: 'Service', metadata: metadata(name), spec };
}

function configMap(name: string): WorkloadObject {
  const data = { 'settings.ini': 'key = value\n'.repeat(30), mode: 'fast' };
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: metadata(name), data };
}

function serviceAccount(name: string): WorkloadObject {
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: metadata(name), automountServiceAccountToken: false };
}
