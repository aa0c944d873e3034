import { expect, test } from 'vitest';
import { sampleCluster } from '../../test/sample-cluster.ts';
import { openEngines } from '../engines/engines.ts';
import { validateCluster } from './validate-cluster.ts';

const engines = openEngines();

test('a good object has no findings, whatever its texts say', async () => {
  expect(
    await findings('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: default}\ndata: {a: b}\n'),
  ).toEqual([]);
  expect(
    await findings('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b, namespace: default}\ndata: {a: c}\n'),
  ).toEqual([]);
});

test('each breach is one finding with the place and the layers behind it', async () => {
  const text = `
apiVersion: v1
kind: Service
metadata: {name: web, namespace: default}
spec:
  ports:
    - port: "80"
      nodeport: 30080
`;
  const layer = { file: 'clusters/one/cluster.yaml', start: { line: 9, column: 3 } };
  const found = await validateCluster(sampleCluster(text, { 'spec.ports.0.port': [layer] }), engines);
  expect(found.map(({ message, help }) => [message, help])).toEqual([
    [
      'Service default/web may not have the key "nodeport" in spec.ports[0]',
      'did you mean "nodePort"? (v1 Service of Kubernetes 1.36)',
    ],
    [
      'Service default/web has a string at spec.ports[0].port, where a whole number belongs',
      'change the value (v1 Service of Kubernetes 1.36)',
    ],
  ]);
  expect(found[1]?.primary?.start?.line).toBe(7);
  expect(found[1]?.labels.map(({ span }) => span)).toEqual([layer]);
});

test('custom resources are judged by the release that the schema is of', async () => {
  const [finding] = await validateCluster(
    sampleCluster(
      'apiVersion: cert-manager.io/v1\nkind: Issuer\nmetadata: {name: a, namespace: default}\nspec: {acmee: {}}\n',
    ),
    engines,
  );
  expect(finding?.help).toMatch(
    /^did you mean "acme"\? \(cert-manager\.io\/v1 Issuer of github\.com\/cert-manager\/cert-manager v/,
  );
});

test('no text of a Secret is printed', async () => {
  const found = await validateCluster(
    sampleCluster(
      'apiVersion: v1\nkind: Secret\nmetadata: {name: a, namespace: default}\ndata: {password: "not base64!"}\n',
    ),
    engines,
  );
  expect(found.map(({ code }) => code)).toContain('validate/schema');
  expect(JSON.stringify(found)).not.toContain('not base64!');
});

test('what a check says already is not said again', async () => {
  const found = await findings(
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: default, labels: {a: 1}}\n',
  );
  expect(found.map((each) => each.split(':')[0])).toEqual(['validate/invalid-label']);
});

test('a kind that Kubernetes no longer has is refused, one that nobody declares is named, a declared one is silent', async () => {
  const text = (apiVersion: string, kind: string) =>
    `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: a, namespace: default}\n`;
  const definition = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec:
  group: example.com
  names: {kind: Widget, plural: widgets}
  scope: Namespaced
  versions: [{name: v1, served: true, storage: true}]
---
`;
  expect(await findings(text('policy/v1beta1', 'PodDisruptionBudget'))).toEqual([
    'validate/unknown-kind: Kubernetes 1.36 has no PodDisruptionBudget in policy/v1beta1',
  ]);
  expect(await findings(text('example.com/v1', 'Widget'))).toEqual([
    'validate/no-schema: nothing in the cluster declares the kind of Widget default/a, so it is not checked',
  ]);
  expect(await findings(definition + text('example.com/v1', 'Widget'))).toEqual([]);
});

async function findings(text: string): Promise<string[]> {
  return (await validateCluster(sampleCluster(text), engines)).map(({ code, message }) => `${code}: ${message}`);
}

test('what another release may allow is a warning, a misspelt key is not', async () => {
  const found = await findings(
    'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: a, namespace: default}\nspec: {syncWindows: [], refreshIntervall: 1h}\n',
  );
  expect(found.toSorted()).toEqual([
    'validate/other-release: ExternalSecret default/a may not have the key "syncWindows" in spec',
    'validate/schema: ExternalSecret default/a may not have the key "refreshIntervall" in spec',
  ]);
});
