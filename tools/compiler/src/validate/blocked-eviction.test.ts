import { expect, test } from 'vitest';
import { cluster, component, renderFiles } from '../../test/sample-workspace.ts';
import { validateCluster } from './validate-cluster.ts';

const workload = (replicas: number | undefined) => `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: store}
spec:
  serviceName: store
${replicas === undefined ? '' : `  replicas: ${replicas}\n`}  selector: {matchLabels: {app: store}}
  template:
    metadata: {labels: {app: store, part: server}}
    spec: {containers: [{name: a, image: "registry.example.com/a:1.0.0"}]}
`;
const budget = (spec: string, selector = '{matchLabels: {app: store}}') => `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: store}
spec: {${spec}, selector: ${selector}}
`;
const scaler = `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: store}
spec: {scaleTargetRef: {apiVersion: apps/v1, kind: StatefulSet, name: store}, maxReplicas: 5}
`;

async function blocked(replicas: number | undefined, pdb: string, more: Record<string, string> = {}) {
  const files = { 'install/a.yaml': workload(replicas), 'install/b.yaml': pdb, ...more };
  const all = { ...cluster('one', '  components: [web]\n'), ...component('web', '  namespace: shop\n', files) };
  const found = await validateCluster(renderFiles(all));
  return found
    .filter(({ code }) => code === 'validate/blocked-eviction')
    .map(({ message, note }) => `${message} (${note})`);
}

const says =
  'PodDisruptionBudget shop/store lets no pod of StatefulSet shop/store go, so its node can never be drained';

test.each([
  [3, 'maxUnavailable: 0', 'maxUnavailable is 0, with 3 replicas'],
  [3, 'maxUnavailable: "0%"', 'maxUnavailable is "0%", with 3 replicas'],
  [1, 'minAvailable: 1', 'minAvailable is 1, with one replica'],
  [undefined, 'minAvailable: 1', 'minAvailable is 1, with one replica'],
  [2, 'minAvailable: "51%"', 'minAvailable is "51%", with 2 replicas'],
])('%s replicas under %s can never move', async (replicas, spec, note) => {
  expect(await blocked(replicas, budget(spec))).toEqual([`${says} (${note})`]);
});

test.each([
  [1, 'maxUnavailable: 1'],
  [1, 'maxUnavailable: "1%"'],
  [3, 'minAvailable: 2'],
  [2, 'minAvailable: "50%"'],
  [0, 'maxUnavailable: 0'],
])('%s replicas under %s can', async (replicas, spec) => {
  expect(await blocked(replicas, budget(spec))).toEqual([]);
});

test('a budget counts the workload it selects, and the fewest replicas it is scaled down to', async () => {
  expect(await blocked(1, budget('minAvailable: 1', '{matchLabels: {app: other}}'))).toEqual([]);
  expect(
    await blocked(1, budget('minAvailable: 1', '{matchExpressions: [{key: part, operator: In, values: [server]}]}')),
  ).toHaveLength(1);
  expect(
    await blocked(1, budget('minAvailable: 1', '{matchExpressions: [{key: part, operator: NotIn, values: [server]}]}')),
  ).toEqual([]);
  expect(await blocked(3, budget('minAvailable: 1'), { 'install/c.yaml': scaler })).toHaveLength(1);
});
