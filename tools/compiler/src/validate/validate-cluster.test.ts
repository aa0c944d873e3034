import { expect, test } from 'vitest';
import { sampleCluster } from '../../test/sample-cluster.ts';
import { validateCluster } from './validate-cluster.ts';

test('good objects have no findings', async () => {
  expect(
    await findings(`
apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
  labels: {app.kubernetes.io/name: web, empty: ""}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: "system:viewer"}
---
apiVersion: v1
kind: Secret
metadata: {name: token, namespace: shop}
type: kubernetes.io/service-account-token
`),
  ).toEqual([]);
});

test('one object from two places names both', async () => {
  const text = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: default}
---
apiVersion: apps/v1beta1
kind: Deployment
metadata: {name: web, namespace: default}
`;
  const [found] = await validateCluster(sampleCluster(text));
  expect(found).toMatchObject({
    code: 'validate/duplicate-object',
    cluster: 'one',
    message: 'Deployment default/web comes from two places',
  });
  expect(found?.primary?.start?.line).toBe(8);
  expect(found?.labels).toMatchObject([{ message: 'the first', span: { start: { line: 4 } } }]);
});

test.each([
  { apiVersion: 'apps/v1', kind: 'Deployment', name: 'Web' },
  { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web_1' },
  { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web.-a' },
  { apiVersion: 'apps/v1', kind: 'Deployment', name: 'a'.repeat(254) },
  { apiVersion: 'v1', kind: 'Namespace', name: 'a.b' },
  { apiVersion: 'v1', kind: 'Namespace', name: 'a'.repeat(64) },
  { apiVersion: 'v1', kind: 'Service', name: 'web.a' },
  { apiVersion: 'batch/v1', kind: 'CronJob', name: 'a'.repeat(53) },
  { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', name: 'a/b' },
])('Kubernetes refuses the name of $kind "$name"', async ({ apiVersion, kind, name }) => {
  const found = await findings(`apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: "${name}"}\n`);
  expect(found).toEqual([`validate/invalid-name: Kubernetes refuses the name "${name}" of a ${kind}`]);
});

test('a bad name points at the template line and at the value layer behind it', async () => {
  const layer = { file: 'clusters/one/cluster.yaml', start: { line: 9, column: 13 } };
  const rendered = sampleCluster('apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: No_Good\n', {
    'metadata.name': [layer],
  });
  const [found] = await validateCluster(rendered);
  expect(found?.primary).toMatchObject({
    file: 'components/sample/install/sample.yaml.hbs',
    start: { line: 4, column: 9 },
  });
  expect(found?.labels).toEqual([{ span: layer, message: 'the value comes from here' }]);
});

test.each([
  ['a/b/c: x', 'label "a/b/c"'],
  ['"-a": x', 'label "-a"'],
  ['Under_Score/a: x', 'label "Under_Score/a"'],
  [`a: ${'x'.repeat(64)}`, 'label "a"'],
  ['a: "x y"', 'label "a"'],
  ['a: 1', 'label "a"'],
  ['a: true', 'label "a"'],
])('Kubernetes refuses the label %s', async (label, says) => {
  const found = await findings(`apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  labels:\n    ${label}\n`);
  expect(found).toEqual([`validate/invalid-label: Kubernetes refuses the ${says} of ConfigMap a`]);
});

test('labels of a pod template are looked at, too', async () => {
  const found = await findings(
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {template: {metadata: {labels: {a: 1}}}}\n',
  );
  expect(found).toEqual(['validate/invalid-label: Kubernetes refuses the label "a" of Deployment a']);
});

test('an annotation must be a string, and all of them together have a limit', async () => {
  expect(await findings('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, annotations: {a: 1}}\n')).toHaveLength(1);
  const large = 'x'.repeat(262_144);
  expect(
    await findings(`apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, annotations: {a: "${large}"}}\n`),
  ).toEqual(['validate/invalid-label: Kubernetes refuses the annotations of ConfigMap a']);
});

test('a namespace nobody makes is found, with the one that was meant', async () => {
  const [found] = await validateCluster(
    sampleCluster(
      'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: shops}\n',
    ),
  );
  expect(found).toMatchObject({ code: 'validate/missing-namespace', help: 'did you mean "shop"?' });
});

test('the namespace a release installs into is one that is made', async () => {
  const release = (spec: string) =>
    `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: a, namespace: default}\nspec: ${spec}\n`;
  expect(await findings(release('{targetNamespace: gone}'))).toHaveLength(1);
  expect(await findings(release('{targetNamespace: gone, install: {createNamespace: true}}'))).toEqual([]);
});

const flux = `
apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata: {name: charts, namespace: flux-system}
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: base, namespace: flux-system}
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: app, namespace: default}
spec:
`;

test.each([
  [
    'a source in another namespace',
    '{chart: {spec: {sourceRef: {kind: HelmRepository, name: charts}}}}',
    'there is one in the namespace "flux-system"',
  ],
  ['a chart reference', '{chartRef: {kind: OCIRepository, name: charts}}', 'name one that the cluster has'],
  ['a dependency of the other kind', '{dependsOn: [{name: base}]}', 'dependsOn sees only HelmReleases'],
])('a release refers to what is not there: %s', async (_case, spec, help) => {
  const [found, ...rest] = await validateCluster(sampleCluster(`${flux}  ${spec}\n`));
  expect(found?.code).toBe('validate/missing-reference');
  expect(found?.help).toContain(help);
  expect(rest).toEqual([]);
});

test('references that are there are good, and health checks of what charts make are not judged', async () => {
  const spec = '{chart: {spec: {sourceRef: {kind: HelmRepository, name: charts, namespace: flux-system}}}}';
  const checks =
    '{healthChecks: [{apiVersion: apps/v1, kind: Deployment, name: x}, {apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, name: app, namespace: default}]}';
  const kustomization = `---\napiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: more, namespace: flux-system}\nspec: ${checks}\n`;
  expect(await findings(`${flux}  ${spec}\n${kustomization}`)).toEqual([]);
});

test('a FluxKustomization points at a folder of the tree', async () => {
  const at = (path: string) =>
    `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: a, namespace: flux-system}\nspec: {path: ${path}, sourceRef: {kind: GitRepository, name: flux-system}}\n---\napiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: flux-system, namespace: flux-system}\n`;
  expect(await findings(at('./clusters/one/components/sample/install'))).toEqual([]);
  expect(await findings(at('./clusters/one/components/smaple/install'))).toHaveLength(1);
  expect(await findings(at('./clusters/two/components/sample/install'))).toHaveLength(1);
});

test.each(['data', 'stringData'])('a Secret with %s is found, and no value of it is told', async (key) => {
  const found = await validateCluster(
    sampleCluster(`apiVersion: v1\nkind: Secret\nmetadata: {name: a}\n${key}: {password: hunter2}\n`),
  );
  expect(found.map(({ code }) => code)).toEqual(['validate/secret-data']);
  expect(JSON.stringify(found)).toContain('password');
  expect(JSON.stringify(found)).not.toContain('hunter2');
});

async function findings(text: string): Promise<string[]> {
  return (await validateCluster(sampleCluster(text))).map(({ code, message }) => `${code}: ${message}`);
}
