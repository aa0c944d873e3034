import { afterAll, expect, test } from 'vitest';
import { chartsAtHand } from '../../test/charts-at-hand.ts';
import { capacityLedger } from '../capacity/capacity-ledger.ts';

const { chart, run, close } = chartsAtHand();
afterAll(close);

/** Facts of a chart that makes a Deployment which reads a Secret; the Deployment depends on `replicas`. */
const facts = (name: string, key: string) => `apiVersion: fluxwright.dev/v1
kind: ChartFacts
metadata: {name: web}
spec:
  chart: {repository: https://charts.example.com, name: ${name}, version: 1.0.0, digest: "sha256:${'0'.repeat(64)}"}
  release: {name: web, namespace: shop}
  case: defaults
  kubernetes: "1.36"
  depends: [{objects: [Deployment web], values: {/replicas: 2}}]
  objects:
    - apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web, namespace: shop}
      spec:
        replicas: 2
        template:
          spec:
            containers:
              - name: web
                image: registry.example.com/web:1.0.0
                resources: {requests: {cpu: 100m, memory: 64Mi}}
                env: [{name: PASSWORD, valueFrom: {secretKeyRef: {name: login, key: ${key}}}}]
    - {apiVersion: v1, kind: Secret, metadata: {name: login, namespace: shop}, data: {password: ""}}
`;
const sample = (name: string, key: string, replicas = 2) => ({
  files: { 'chart.facts.yaml': facts(name, key) },
  values: `replicas: ${replicas}\n`,
});
const footprint = 'capacity/unlike-footprint';

test('a chart that is not at hand needs what was recorded, and provides it', async () => {
  const proved = async (key: string) =>
    (await run('absent', sample('absent', key))).messages.filter((each) => !each.startsWith(footprint));
  expect(await proved('password')).toEqual([]);
  expect(await proved('token')).toEqual([
    'prove/missing-key: Deployment shop/web reads the key "token" of Secret shop/login, which nobody puts there',
  ]);
});

test('an object that depends on a value which is another one needs nothing that is known', async () => {
  const { messages } = await run('absent', sample('absent', 'token', 3));
  expect(messages).toEqual([]);
});

test('capacity counts recorded workloads, and a footprint is held against them', async () => {
  const { rendered, messages } = await run('absent', sample('absent', 'password'));
  const { entries } = capacityLedger(rendered).value;
  expect(entries.map(({ workload, pods }) => `${workload.kind} ${workload.name} ${pods}`)).toEqual([
    'Deployment web 2',
  ]);
  expect(messages).toEqual([
    `${footprint}: the chart of component "web" makes Deployment web, which its footprint does not have`,
  ]);
});

test('facts are held against the chart at hand, as far as they are sure', async () => {
  const name = chart({
    'templates/all.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: {{ .Values.replicas }}
  template:
    spec:
      containers:
        - name: web
          image: registry.example.com/web:1.0.0
          resources: {requests: {cpu: 100m, memory: 64Mi}}
          env: [{name: PASSWORD, valueFrom: {secretKeyRef: {name: login, key: password}}}]
---
apiVersion: v1
kind: Secret
metadata: {name: login}
data: {password: YQ==}
`,
  });
  const stale = async (key: string, replicas: number) =>
    (await run(name, sample(name, key, replicas))).found
      .filter(({ code }) => code === 'prove/stale-facts')
      .map(({ note }) => note);
  expect(await stale('password', 2)).toEqual([]);
  expect(await stale('token', 2)).toEqual(['Deployment web is made otherwise']);
  expect(await stale('token', 3)).toEqual([]);
});
