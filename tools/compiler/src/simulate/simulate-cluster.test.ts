import { expect, test } from 'vitest';
import { renderWithEngines } from '../../test/render-with-engines.ts';
import { cluster, component, resolveFiles } from '../../test/sample-workspace.ts';
import { openEngines } from '../engines/engines.ts';
import { simulateCluster } from './simulate-cluster.ts';

const release = (name: string, spec: string) =>
  `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: ${name}}\nspec: ${spec}\n`;

test.each([
  ['a release by the name that kustomize gives it', 'new-store', []],
  [
    'a release by the name that its file has',
    'store',
    [
      {
        message:
          'HelmRelease web/new-web of cluster "one" can never become ready: it depends on HelmRelease web/store, which is not there',
        primary: { file: 'components/web/kustomize/kustomization.yaml', start: { line: 4 } },
      },
    ],
  ],
])('a base that waits for %s', async (_, name, findings) => {
  const [resolved] = resolveFiles({
    ...component('web', '  namespace: web\n', {
      'kustomize/kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamespace: web\nnamePrefix: new-\nresources: [store.yaml, web.yaml]\n',
      'kustomize/store.yaml': release('store', '{interval: 10m}'),
      'kustomize/web.yaml': release('web', `{interval: 10m, dependsOn: [{name: ${name}}]}`),
    }),
    ...cluster('one', '  components: [web]\n'),
  });
  if (resolved === undefined) throw new Error('no cluster');
  using engines = openEngines();
  const { value, diagnostics } = await renderWithEngines(resolved, engines);
  expect(diagnostics).toEqual([]);
  expect(simulateCluster(value)).toMatchObject(findings);
});
