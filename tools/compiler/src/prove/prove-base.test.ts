import { expect, test } from 'vitest';
import { renderWithEngines } from '../../test/render-with-engines.ts';
import { sampleDeployment } from '../../test/sample-deployment.ts';
import { cluster, component, resolveFiles } from '../../test/sample-workspace.ts';
import { openEngines } from '../engines/engines.ts';
import { proveCluster } from './prove-cluster.ts';

const deployment = sampleDeployment({ account: 'web', reads: 'envFrom: [{configMapRef: {name: settings}}]' });
const monitor = `apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: web}
spec: {selector: {matchLabels: {app: web}}, endpoints: [{port: http}]}
`;
const account = 'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: web}\n';
const base =
  'namespace: shop\nresources: [deployment.yaml, account.yaml]\nconfigMapGenerator: [{name: settings, literals: [a=b]}]\n';

test('what a base generates fulfils what its objects refer to', async () => {
  expect(await found(base)).toEqual([]);
});

test.each([
  [
    'a kind that nobody defines',
    base.replace('[deployment', '[monitor.yaml, deployment'),
    'prove/missing-provider: ServiceMonitor shop/web needs the CRD servicemonitors.monitoring.coreos.com, which nothing in the cluster provides',
    'components/web/kustomize/monitor.yaml:2',
  ],
  [
    'a ServiceAccount that is not there',
    base.replace(', account.yaml', ''),
    'prove/missing-provider: Deployment shop/web needs ServiceAccount shop/web, which nothing in the cluster provides',
    'components/web/kustomize/deployment.yaml:9',
  ],
  [
    'a Secret that only a patch asks for',
    `${base}patches:\n- patch: |\n    apiVersion: apps/v1\n    kind: Deployment\n    metadata: {name: web}\n    spec: {template: {spec: {containers: [{name: web, envFrom: [{secretRef: {name: nosuch}}]}]}}}\n`,
    'prove/missing-provider: Deployment shop/web needs Secret shop/nosuch, which nothing in the cluster provides',
    'components/web/kustomize/kustomization.yaml:11',
  ],
])('%s is found in what kustomize builds', async (_, kustomization, message, place) => {
  expect(await found(kustomization)).toEqual([`${message} (${place})`]);
});

async function found(kustomization: string): Promise<readonly string[]> {
  const [resolved] = resolveFiles({
    ...component('web', '  namespace: shop\n', {
      'kustomize/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n${kustomization}`,
      'kustomize/deployment.yaml': deployment,
      'kustomize/account.yaml': account,
      'kustomize/monitor.yaml': monitor,
    }),
    ...cluster('one', '  components: [web]\n'),
  });
  if (resolved === undefined) throw new Error('no cluster');
  using engines = openEngines();
  const rendered = await renderWithEngines(resolved, engines);
  expect(rendered.diagnostics).toEqual([]);
  return proveCluster(rendered.value).map(
    ({ code, message, primary }) => `${code}: ${message} (${primary?.file}:${primary?.start?.line})`,
  );
}
