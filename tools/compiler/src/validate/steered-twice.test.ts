import { expect, test } from 'vitest';
import { cluster, component, renderFiles } from '../../test/sample-workspace.ts';
import { validateCluster } from './validate-cluster.ts';

const declared = `  namespace: shop
  provides:
    kinds:
      - group: size.example.com
        kind: Sizer
        steers:
          - at: spec.of
            when: {spec.apply: "true"}
            kind: "{.kind}"
            name: "{.name}"
            keys: ["{spec.resources[]|'cpu'}"]
`;

const horizontal = (name: string, spec = '', version = 'v2') => `apiVersion: autoscaling/${version}
kind: HorizontalPodAutoscaler
metadata: {name: ${name}}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  maxReplicas: 5
${spec}
`;
const byCpu =
  '  metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}}]';
const byContainer =
  '  metrics: [{type: ContainerResource, containerResource: {name: memory, container: a, target: {type: Utilization, averageUtilization: 80}}}]';
const sizer = (spec: string) => `apiVersion: size.example.com/v1
kind: Sizer
metadata: {name: web}
spec: {of: {kind: Deployment, name: web}, ${spec}}
`;

async function steered(...objects: readonly string[]) {
  const files = Object.fromEntries(objects.map((text, index) => [`install/${index}.yaml`, text]));
  const all = { ...cluster('one', '  components: [web]\n'), ...component('web', declared, files) };
  const found = await validateCluster(renderFiles(all));
  return found.filter(({ code }) => code === 'validate/steered-twice').map(({ message }) => message);
}

const says = (what: string, name = 'web') =>
  `Sizer shop/web steers the ${what} of Deployment shop/web, and so does HorizontalPodAutoscaler shop/${name}`;

test('two that scale one workload set its replicas in turn', async () => {
  expect(await steered(horizontal('web'), horizontal('web-too'))).toEqual([
    'HorizontalPodAutoscaler shop/web steers the replicas of Deployment shop/web, and so does HorizontalPodAutoscaler shop/web-too',
  ]);
});

test.each([
  ['a resource', horizontal('web', byCpu), 'apply: true', 'cpu'],
  ['a resource of a container', horizontal('web', byContainer), 'apply: true, resources: [memory]', 'memory'],
  [
    'CPU as the first version said it',
    horizontal('web', '  targetCPUUtilizationPercentage: 80', 'v1'),
    'apply: true',
    'cpu',
  ],
])('who scales by %s does not meet who changes the requests of it', async (_, scaler, spec, what) => {
  expect(await steered(scaler, sizer(spec))).toEqual([says(what)]);
});

test.each([
  ['by another resource', horizontal('web', byCpu), 'apply: true, resources: [memory]'],
  ['by no resource', horizontal('web'), 'apply: true'],
  ['while the other one only recommends', horizontal('web', byCpu), 'apply: false'],
  ['another workload', horizontal('web', byCpu).replace('name: web}\n  max', 'name: api}\n  max'), 'apply: true'],
])('it may scale %s', async (_, scaler, spec) => {
  expect(await steered(scaler, sizer(spec))).toEqual([]);
});
