import { expect, test } from 'vitest';
import { cluster, component, type Files, renderFiles } from '../../test/sample-workspace.ts';
import { proveReloads } from './prove-reloads.ts';

const issuing = component(
  'issuing',
  `  namespace: issuing
  helm: {repository: https://charts.example.com, chart: issuing, version: 1.0.0}
  provides:
    crds: [certificates.cert-manager.io, gateways.example.com]
    kinds:
      - group: cert-manager.io
        kind: Certificate
        makes: [{kind: Secret, name: "{spec.secretName}", renewed: true}]
      - group: example.com
        kind: Gateway
        needs: [{kind: Secret, name: "{spec.certificate}", reloads: true}]
`,
);
const certificate =
  'apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: {name: web}\nspec: {secretName: web-tls}\n';
const gateway = 'apiVersion: example.com/v1\nkind: Gateway\nmetadata: {name: web}\nspec: {certificate: web-tls}\n';
const pod = `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers: [{name: web, image: "web:1"}]
  volumes: [{name: tls, secret: {secretName: web-tls}}]
`;
const reloads = '  reloads: [{secret: web-tls, by: program, source: its notes}]\n';

function found(spec: string, files: Files): readonly string[] {
  const rendered = renderFiles({
    ...cluster('one', '  provider: own\n  components: [issuing, web]\n'),
    ...issuing,
    ...component('web', `  namespace: web\n${spec}`, { 'install/certificate.yaml': certificate, ...files }),
  });
  return proveReloads(rendered).map(({ message }) => message);
}

test('a pod keeps the old certificate, unless its component says how it takes up the new one', () => {
  const stale = 'Pod web/web reads Secret web/web-tls, which is renewed, and nothing says that it takes up the new one';
  expect(found('', { 'install/pod.yaml': pod })).toEqual([stale]);
  expect(found(reloads, { 'install/pod.yaml': pod })).toEqual([]);
});

test('a controller that watches the Secret is no matter of the component', () => {
  expect(found('', { 'install/gateway.yaml': gateway })).toEqual([]);
});

test('each reader counts by itself', () => {
  expect(found('', { 'install/gateway.yaml': gateway, 'install/pod.yaml': pod })).toHaveLength(1);
});

test('a certificate whose reader is hidden is a finding, until somebody speaks for it', () => {
  expect(found('', {})).toEqual(['Certificate web/web renews Secret web/web-tls, and nobody is known to read it']);
  expect(found(reloads, {})).toEqual([]);
});

test('the values of a chart, and what a component requires by name, are readers too', () => {
  const chart = '  helm: {repository: https://charts.example.com, chart: web, version: 1.0.0}\n';
  const values = { 'helm/values.yaml.hbs': 'volumes: [{name: tls, secret: {secretName: web-tls}}]\n' };
  expect(found(chart, values)).toEqual([
    'HelmRelease web/web reads Secret web/web-tls, which is renewed, and nothing says that it takes up the new one',
  ]);
  for (const name of ['web-tls', '"{{component.name}}-tls", namespace: "{{component.namespace}}"']) {
    expect(found(`  requires: {objects: [{kind: Secret, name: ${name}}]}\n`, {})).toEqual([
      'component "web" reads Secret web/web-tls, which is renewed, and nothing says that it takes up the new one',
    ]);
  }
});
