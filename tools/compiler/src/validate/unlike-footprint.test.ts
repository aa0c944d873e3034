import { afterAll, expect, test } from 'vitest';
import { chartsAtHand } from '../../test/charts-at-hand.ts';
import { cluster, component, renderFiles } from '../../test/sample-workspace.ts';
import { validateCluster } from './validate-cluster.ts';

const { chart, run, close } = chartsAtHand();
afterAll(close);

const container = (name: string, cpu: string) =>
  `        - {name: ${name}, image: "registry.example.com/a:1.0.0", resources: {requests: {cpu: ${cpu}, memory: 64Mi}}}\n`;
const workload = (kind: string, name: string, more = '') => `apiVersion: apps/v1
kind: ${kind}
metadata: {name: ${name}}
spec:
  selector: {matchLabels: {app: ${name}}}
${more}  template:
    metadata: {labels: {app: ${name}}}
    spec:
      containers:
${container('a', '50m')}`;
const line = (fields: string) => `  footprint: {workloads: [{name: web, cpu: 50m, memory: 64Mi, ${fields}}]}\n`;
const findings = (found: Awaited<ReturnType<typeof run>>['found']) =>
  found.filter(({ code }) => code === 'capacity/unlike-footprint').map(({ message, note }) => [message, note]);

test('a line that no workload of the chart matches is found, unless a program makes it or it has no replicas', async () => {
  const name = chart({ 'templates/a.yaml': workload('StatefulSet', 'web', '  serviceName: web\n') });
  const says = 'the footprint of component "web" has Deployment web, which is not made';
  const { found } = await run(name, { spec: line('kind: Deployment') });
  expect(findings(found)).toEqual([
    [says, 'a StatefulSet of this name is made'],
    [
      'the chart of component "web" makes StatefulSet web, which its footprint does not have',
      'without the chart nobody would count it',
    ],
  ]);
  const both = `  footprint:
    workloads:
      - {name: web, kind: StatefulSet, cpu: 50m, memory: 64Mi}
      - {name: web-db, kind: StatefulSet, cpu: 1, memory: 1Gi, atRuntime: true}
      - {name: agent, kind: DaemonSet, cpu: 1, memory: 1Gi, replicas: "{{#if true}}0{{/if}}"}
`;
  expect(findings((await run(name, { spec: both })).found)).toEqual([]);
});

test('requests of all containers, replicas and volumes are held against the line', async () => {
  const claim = `---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 5Gi}}}
`;
  const volume = '      volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]\n';
  const text = `${workload('Deployment', 'web', '  replicas: 2\n')}${container('b', '20m')}${volume}${claim}`;
  const name = chart({ 'templates/a.yaml': text });
  const { found } = await run(name, { spec: line('kind: Deployment') });
  expect(findings(found)).toEqual([
    [
      'the footprint of component "web" says something else of Deployment web than what is made',
      `made with replicas 2 instead of 1, cpu 70m instead of 50m, memory 128Mi instead of 64Mi and storage of all replicas 5Gi instead of 0, in ${name}/templates/a.yaml`,
    ],
  ]);
  expect(found.find(({ code }) => code === 'capacity/unlike-footprint')?.primary).toMatchObject({
    file: 'components/web/component.yaml',
  });
  const right = line(
    'kind: Deployment, replicas: 2, storage: 2Gi, moreStorage: [512Mi], sidecars: [{cpu: 20m, memory: 64Mi}]',
  );
  expect(findings((await run(name, { spec: right })).found)).toEqual([]);
});

test('a job that asks for nothing needs no line, one that asks for something does', async () => {
  const job = (resources: string) => `apiVersion: batch/v1
kind: Job
metadata: {name: once}
spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: "r.example.com/a:1.0.0"${resources}}]}}}
`;
  const free = await run(chart({ 'templates/a.yaml': job('') }));
  expect(findings(free.found)).toEqual([]);
  const asking = await run(chart({ 'templates/a.yaml': job(', resources: {requests: {cpu: 1}}') }));
  expect(findings(asking.found)).toHaveLength(1);
});

test("a component's own manifests need no line, and one that differs from them is found without any chart", async () => {
  const files = { 'install/a.yaml': workload('Deployment', 'web') };
  const found = async (spec: string) =>
    findings(
      await validateCluster(
        renderFiles({
          ...cluster('one', '  components: [web]\n'),
          ...component('web', `  namespace: shop\n${spec}`, files),
        }),
      ),
    );
  expect(await found('')).toEqual([]);
  expect(await found(line('kind: Deployment'))).toEqual([]);
  expect(await found(line('kind: Deployment, replicas: 3'))).toHaveLength(1);
});
