import { expect, test } from 'vitest';
import { cluster, component, resolveFiles } from '../../test/sample-workspace.ts';
import { clusterCatalogue } from './cluster-catalogue.ts';

test('tells what a cluster is made of, and what waits for what', () => {
  const [resolved] = resolveFiles({
    ...component('net', '  namespace: net\n  category: networking\n  provides: {capabilities: [cni]}\n', {
      'install/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n',
    }),
    ...component('shop', '  namespace: shop\n  release: 1.2.3\n  requires: {capabilities: [cni]}\n', {
      'install/b.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\n',
    }),
    ...cluster('one', '  components: [shop]\n'),
  });
  if (resolved === undefined) throw new Error('no cluster');
  const { components, ...rest } = clusterCatalogue(resolved);
  expect(rest).toEqual({ categories: ['networking'], kinds: [], services: [] });
  expect(components).toMatchObject([
    { name: 'net', category: 'networking', release: null, needs: [], offers: [] },
    { name: 'shop', category: null, release: '1.2.3', namespace: 'shop', needs: ['net'] },
  ]);
});
