import { expect, test } from 'vitest';
import { cluster, component, renderFiles } from '../../../test/sample-workspace.ts';
import { validateCluster } from '../validate-cluster.ts';

const policy = `apiVersion: rules.example.com/v1
kind: Rule
metadata: {name: no-host-path}
spec:
  validationActions: [Deny]
  matchConstraints:
    namespaceSelector:
      matchExpressions:
        - {key: kubernetes.io/metadata.name, operator: NotIn, values: [flux-system, kube-system]}
        - {key: example.com/host-path, operator: DoesNotExist}
    resourceRules:
      - {apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}
  validations:
    - {expression: "!object.spec.?volumes.orValue([]).exists(v, has(v.hostPath))", message: no hostPath}
`;
const template =
  '{spec: {containers: [{name: a, image: "registry.example.com/a:1"}], volumes: [{name: v, hostPath: {path: /}}]}}';
const workload = (kind: string, spec: string, more = '') =>
  `apiVersion: ${kind === 'Deployment' ? 'apps/v1' : 'batch/v1'}\nkind: ${kind}\nmetadata: {name: reader${more}}\nspec: ${spec}\n`;

async function found(text: string, labels = '') {
  const files = { 'install/a.yaml': text, 'install/policy.yaml': policy };
  const all = {
    ...cluster('one', '  components: [web]\n'),
    ...component('web', `  namespace: shop\n${labels}`, files),
  };
  const diagnostics = await validateCluster(renderFiles(all));
  return diagnostics
    .filter(({ code }) => ['validate/policy-refusal', 'validate/idle-exception'].includes(code))
    .map(({ code, message }) => `${code}: ${message}`);
}

const says = (kind: string) =>
  `validate/policy-refusal: Rule shop/no-host-path refuses the pods of ${kind} shop/reader: no hostPath`;

test.each([
  ['Deployment', `{selector: {}, template: ${template}}`],
  ['Job', `{template: ${template}}`],
  ['CronJob', `{schedule: "0 0 * * *", jobTemplate: {spec: {template: ${template}}}}`],
])('judges the pods of a %s', async (kind, spec) => {
  expect(await found(workload(kind, spec))).toEqual([says(kind)]);
});

test('judges hooks of charts, and no tests of theirs', async () => {
  const hook = (event: string) =>
    workload('Job', `{template: ${template}}`, `, annotations: {helm.sh/hook: "${event}"}`);
  expect(await found(hook('pre-upgrade'))).toEqual([says('Job')]);
  expect(await found(hook('test'))).toEqual([]);
});

test('lets a namespace be excepted by a label, and says where that is for nothing', async () => {
  const label = (value: string) => `  namespaceLabels: {example.com/host-path: ${value}}\n`;
  const harmless = workload('Job', '{template: {spec: {containers: []}}}');
  expect(await found(workload('Job', `{template: ${template}}`), label('needed'))).toEqual([]);
  expect(await found(harmless, label('needed'))).toEqual([
    'validate/idle-exception: Namespace shop is excepted from Rule shop/no-host-path for nothing: all that is in it keeps the policy',
  ]);
  expect(await found(harmless, label('at-runtime'))).toEqual([]);
});
