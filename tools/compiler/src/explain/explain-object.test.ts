import { expect, test } from 'vitest';
import { sampleCluster } from '../../test/sample-cluster.ts';
import { cluster, component, objectAt, renderFiles } from '../../test/sample-workspace.ts';
import type { Resource } from '../data/rendered-cluster.ts';
import { explainObject } from './explain-object.ts';
import { findObject } from './find-object.ts';
import { formatExplanation } from './format-explanation.ts';

const layer = { file: 'clusters/one/cluster.yaml', start: { line: 9, column: 3 } };
const rendered = sampleCluster(
  `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
  replicas: 2
  args: [a, b]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: shop}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: other}
`,
  { 'spec.replicas': [layer] },
);

test.each(['Deployment/web', 'deployment/web', 'Deployment/shop/web', 'components/sample/install/deployment-web.yaml'])(
  '%s names the deployment',
  (text) => {
    expect(findObject(rendered, text)).toMatchObject({ kind: 'Deployment', name: 'web' });
  },
);

test.each([
  ['Deployment/wbe', 'cluster one has no object Deployment/wbe', 'did you mean Deployment/web?'],
  ['Service/web', 'cluster one has no object Service/web', 'did you mean Deployment/shop/web?'],
  [
    'nothing',
    'cluster one has no object nothing',
    'name it as Kind/name, Kind/namespace/name or by its file in the tree',
  ],
  [
    'ConfigMap/settings',
    'ConfigMap/settings may be one of 2 objects',
    'did you mean ConfigMap/shop/settings or ConfigMap/other/settings?',
  ],
])('%s is refused with help', (text, message, help) => {
  expect(findObject(rendered, text)).toMatchObject({ code: 'cli/unknown-object', message, help });
});

test('an object is explained with the values that are not literal in its source', () => {
  const explanation = explainObject(rendered, findObject(rendered, 'Deployment/web') as Resource);
  expect(formatExplanation(explanation, 'text')).toBe(`Deployment shop/web of cluster one
  file      components/sample/install/deployment-web.yaml
  from      components/sample/install/sample.yaml.hbs:1
  stage     sample/install
  spec.replicas: 2
      components/sample/install/sample.yaml.hbs:7
      clusters/one/cluster.yaml:9
`);
});

test('a part of an object is explained value by value, literal ones included', () => {
  const explanation = explainObject(rendered, findObject(rendered, 'Deployment/web') as Resource, ['spec', 'args']);
  expect(explanation.values.map(({ path, value }) => [path, value])).toEqual([
    ['spec.args[0]', 'a'],
    ['spec.args[1]', 'b'],
  ]);
});

test('JSON has every field', () => {
  const explanation = explainObject(rendered, findObject(rendered, 'Deployment/web') as Resource);
  expect(JSON.parse(formatExplanation(explanation, 'json'))).toEqual(JSON.parse(JSON.stringify(explanation)));
});

test('an answer of a component to a choice is named as the layer that it is', () => {
  const schema = { type: 'object', additionalProperties: false, properties: { size: { type: 'integer' } } };
  const rendered = renderFiles({
    ...component('shop', '  namespace: shop\n', {
      'values.schema.json': JSON.stringify(schema),
      'values.yaml': 'size: 3\n',
      'values.profile.small.yaml': '# Few come.\nsize: 1\n',
      'install/a.yaml.hbs': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {size: "{{values.size}}"}\n',
    }),
    'products/base/product.yaml': JSON.stringify({
      apiVersion: 'fluxwright.dev/v1',
      kind: 'Product',
      metadata: { name: 'base' },
      spec: {
        title: 'Base',
        description: 'For all.',
        mandatory: true,
        choices: { profile: { options: { small: {}, standard: {} } } },
      },
    }),
    ...cluster('one', '  components: [shop]\n  profile: small\n'),
  });
  const text = formatExplanation(
    explainObject(rendered, objectAt(rendered, 'components/shop/install/configmap-a.yaml'), ['data', 'size']),
    'text',
  );
  expect(text).toContain(`  data.size: "1"
      components/shop/install/a.yaml.hbs:4 reads values.size
      components/shop/values.profile.small.yaml:2
`);
});
