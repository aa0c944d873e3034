import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** How large a made-up cluster is. */
export interface ClusterSize {
  readonly components: number;
  /** Programs of each component: a Deployment, Service, ConfigMap and ServiceAccount each. */
  readonly programs: number;
}

/**
 * Makes a workspace of one cluster, `bench`, in an empty folder. Each component has a chart with a custom kind, programs,
 * and an object of the kind that the component seven before it brings: so the order is ten waves deep.
 */
export function makeCluster(into: string, { components, programs }: ClusterSize): void {
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(into, file)), { recursive: true });
    writeFileSync(join(into, file), text);
  };
  const names = Array.from({ length: components }, (_, index) => `part${index}`);
  write('package.json', '{ "name": "bench", "private": true }\n');
  write(
    'clusters/defaults.yaml',
    `${manifest('ClusterDefaults', 'defaults')}  kubernetes: {distribution: k3s, version: "1.36"}
  flux: {version: "2.9"}
  git: {url: https://git.example.com/fleet.git, secretRef: flux-system}
`,
  );
  write(
    'clusters/bench/cluster.yaml',
    `${manifest('Cluster', 'bench')}  domain: bench.example.com\n  components: [${names.join(', ')}]\n`,
  );
  for (const [index, name] of names.entries()) {
    const folder = `components/${name}`;
    write(
      `${folder}/package.json`,
      `${JSON.stringify({ name: `@bench/${name}`, version: '0.1.0', private: true, fluxwright: { component: '.' } })}\n`,
    );
    write(
      `${folder}/component.yaml`,
      `${manifest('Component', name)}  title: ${name}
  description: A part.
  namespace: ${name}
  helm: {repository: https://charts.example.com, chart: ${name}, version: 1.0.0}
  provides: {crds: [widgets.${name}.example.com]}
`,
    );
    write(`${folder}/values.schema.json`, '{"type": "object", "additionalProperties": false, "properties": {}}\n');
    for (let program = 0; program < programs; program += 1)
      write(`${folder}/install/program${program}.yaml`, programYaml(`program${program}`));
    if (index >= 7) write(`${folder}/install/widget.yaml`, widget(`part${index - 7}`));
  }
}

function manifest(kind: string, name: string): string {
  return `apiVersion: fluxwright.dev/v1\nkind: ${kind}\nmetadata: {name: ${name}}\nspec:\n`;
}

function widget(provider: string): string {
  return `apiVersion: ${provider}.example.com/v1\nkind: Widget\nmetadata: {name: main}\nspec: {size: 1}\n`;
}

function programYaml(name: string): string {
  return `apiVersion: v1
kind: ServiceAccount
metadata: {name: ${name}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: ${name}}
data:
  settings.ini: "mode = fast\\nsize = 5\\n"
---
apiVersion: v1
kind: Service
metadata: {name: ${name}}
spec:
  selector: {app: ${name}}
  ports: [{name: http, port: 80, targetPort: http}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  replicas: 2
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
      serviceAccountName: ${name}
      volumes: [{name: config, configMap: {name: ${name}}}]
      containers:
        - name: main
          image: registry.example.com/main:1.2.3
          ports: [{name: http, containerPort: 8080}]
          env: [{name: MODE, valueFrom: {configMapKeyRef: {name: ${name}, key: settings.ini}}}]
          resources: {requests: {cpu: 50m, memory: 64Mi}, limits: {memory: 256Mi}}
          volumeMounts: [{name: config, mountPath: /etc/config}]
`;
}
