import { expect, test } from 'vitest';
import { cluster, component, type Files, renderFiles } from '../../test/sample-workspace.ts';
import { capacityLedger, sumTotals } from './capacity-ledger.ts';
import { formatLedger } from './format-ledger.ts';
import { overBudget } from './over-budget.ts';

const node = '{name: system, count: 3, cpu: 2, memory: 4Gi}';
const podSpec = (requests: string): string =>
  `selector: {matchLabels: {a: b}}
  template:
    metadata: {labels: {a: b}}
    spec:
      containers: [{name: main, image: "x:1", resources: {requests: ${requests}, limits: {memory: 2Gi}}}]
`;

function ledgerOf(files: Files) {
  const rendered = renderFiles(files);
  return { ...capacityLedger(rendered), rendered };
}

function sample(objects: string, pools: string, spec = ''): Files {
  return {
    ...component('web', `  namespace: web\n  category: sites\n${spec}`, { 'install/web.yaml': objects }),
    ...cluster('one', `  components: [web]\n  nodes: {pools: [${pools}]}\n`),
  };
}

function workload(kind: string, name: string, rest: string): string {
  return `apiVersion: apps/v1\nkind: ${kind}\nmetadata: {name: ${name}}\nspec:\n  ${rest}`;
}

test('an object counts as it is, and replaces the line of the footprint that stands for it', () => {
  const { value, diagnostics } = ledgerOf(
    sample(
      workload('Deployment', 'web', `replicas: 2\n  ${podSpec('{cpu: 250m, memory: 1Gi}')}`),
      node,
      `  footprint:
    workloads:
      - {name: web, kind: Deployment, cpu: 7, memory: 7Gi}
      - {name: db, kind: StatefulSet, replicas: 3, cpu: 100m, memory: 128Mi, storage: 10Gi, limits: {memory: 1Gi}}
`,
    ),
  );
  expect(diagnostics).toEqual([]);
  expect(formatLedger.markdown(value)).toBe(`## Capacity of one

| Category | Components | RAM | CPU | GPU | Storage | Pods |
| --- | --- | --- | --- | --- | --- | --- |
| Sites | web | 2.4Gi | 0.8 | - | 30Gi | 5 |
| **Total** |  | **2.4Gi** | **0.8** | **-** | **30Gi** | **5** |

| Nodes | Resource | Asked for | There is | When lost |
| --- | --- | --- | --- | --- |
| 3 × system | cpu | 0.8 CPU | 4 CPU | 1 × system |
| 3 × system | memory | 2.4Gi of memory | 8Gi of memory | 1 × system |
| 3 × system | pods | 5 pods | 100 pods | 1 × system |

Counted from objects: 1 workloads (web); from footprints: 1 workloads (web).
`);
  expect(JSON.parse(formatLedger.json(value))).toMatchObject({
    total: { requests: { cpu: '800m', memory: '2432Mi' }, limits: { memory: '7Gi' }, storage: '30Gi', pods: 5 },
  });
});

test('what is paid for is a table of its own, with what has no price below it', () => {
  const pools =
    '{name: system, count: 3, cpu: 2, memory: 4Gi, price: {currency: EUR, month: 4.5}}, {name: work, count: 1, cpu: 2, memory: 4Gi}';
  const { value } = ledgerOf(sample(workload('Deployment', 'web', podSpec('{cpu: 100m, memory: 64Mi}')), pools));
  const text = formatLedger.text(value);
  expect(text.slice(text.indexOf('Paid for'))).toBe(`Paid for         Number  Each a month  A month
nodes of system  3       4.50 EUR      13.50 EUR
Total                                  13.50 EUR

Counted from objects: 1 workloads (web); from footprints: 0 workloads.
No price is said of: work.
`);
  expect(JSON.parse(formatLedger.json(value))).toMatchObject({ monthly: { EUR: { least: 13.5, most: 13.5 } } });
});

test('volumes count with the size that they get, against those that a node takes', () => {
  const choices = {
    provider: { options: { small: { facts: { volumesPerNode: 2, minimumVolume: '10Gi' } }, other: {} } },
  };
  const files = (provider: string): Files => ({
    ...sample('', '{name: system, count: 3, cpu: 2, memory: 4Gi}', footprint),
    ...cluster('one', `  provider: ${provider}\n  components: [web]\n  nodes: {pools: [${node}]}\n`),
    'products/base/product.yaml': JSON.stringify({
      apiVersion: 'fluxwright.dev/v1',
      kind: 'Product',
      metadata: { name: 'base' },
      spec: { title: 'Base', description: 'For all.', mandatory: true, choices },
    }),
  });
  const footprint = `  footprint:
    workloads:
      - {name: db, kind: StatefulSet, replicas: 3, cpu: 1m, memory: 1Mi, storage: 4Gi, moreStorage: [20Gi], atRuntime: true}
`;
  const { value, rendered } = ledgerOf(files('small'));
  expect(value.entries).toMatchObject([{ volumes: 6, storage: 90n * 1024n ** 3n * 10n ** 9n }]);
  const [found] = overBudget(value, rendered.cluster);
  expect(found?.message).toBe(
    'cluster "one" asks for 6 volumes, and its nodes have 4 volumes when a node of pool "system" is lost',
  );
  expect(found?.labels.map(({ message }) => message)).toEqual([
    'StatefulSet db of web takes 6 volumes',
    'provider "small" allows as many a node',
  ]);
  const unknown = ledgerOf(files('other')).value;
  expect(unknown.entries).toMatchObject([{ volumes: 6, storage: 72n * 1024n ** 3n * 10n ** 9n }]);
  expect(unknown.budgets.map(({ resource }) => resource)).not.toContain('volumes');
});

test('a DaemonSet has a pod on each node that can run it, and an autoscaled workload its most replicas', () => {
  const { value } = ledgerOf(
    sample(
      `${workload('DaemonSet', 'agent', podSpec('{cpu: 100m, memory: 64Mi}'))}---
${workload('Deployment', 'web', podSpec('{cpu: 100m, memory: 64Mi}'))}---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec: {maxReplicas: 7, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}
`,
      `${node}, {name: gpu, count: 2, cpu: 8, memory: 32Gi, gpu: 1, taints: [{key: gpu, effect: NoSchedule}]}`,
    ),
  );
  expect(
    value.entries.map(({ workload: { kind }, pods, pools }) => [kind, pods, pools.map(({ name }) => name)]),
  ).toEqual([
    ['DaemonSet', 3, ['system']],
    ['Deployment', 7, ['system']],
  ]);
});

test('pods bound to some pools must fit there, whatever room there is elsewhere', () => {
  const { value, rendered } = ledgerOf(
    sample(
      workload(
        'Deployment',
        'model',
        `replicas: 2
  selector: {matchLabels: {a: b}}
  template:
    metadata: {labels: {a: b}}
    spec:
      tolerations: [{key: gpu, operator: Exists}]
      containers: [{name: main, image: "x:1", resources: {limits: {nvidia.com/gpu: 1}}}]
`,
      ),
      `${node}, {name: gpu, count: 2, cpu: 8, memory: 32Gi, gpu: 1, taints: [{key: gpu, effect: NoSchedule}]}`,
    ),
  );
  expect(overBudget(value, rendered.cluster).map(({ message }) => message)).toEqual([
    'cluster "one" asks for 2 GPUs, and the nodes of "gpu" have 1 GPU when a node of pool "gpu" is lost',
  ]);
});

test('without nodes nothing is held against anything', () => {
  const { value, rendered } = ledgerOf(sample(workload('Deployment', 'web', podSpec('{cpu: 900, memory: 1Ti}')), ''));
  expect(sumTotals(value.entries).pods).toBe(1);
  expect(overBudget(value, rendered.cluster)).toEqual([]);
});
