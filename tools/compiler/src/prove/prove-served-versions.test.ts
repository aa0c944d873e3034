import { expect, test } from 'vitest';
import { cluster, component, renderFiles } from '../../test/sample-workspace.ts';
import { proveServedVersions } from './prove-served-versions.ts';

const crd = (...served: readonly [string, boolean][]) => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec:
  group: example.com
  names: {kind: Widget, plural: widgets}
  versions: [${served.map(([name, is]) => `{name: ${name}, served: ${is}}`).join(', ')}]
`;
const widget = 'apiVersion: example.com/v1beta1\nkind: Widget\nmetadata: {name: a}\n';

function found(spec: string, files: Readonly<Record<string, string>>): readonly string[] {
  const rendered = renderFiles({
    ...cluster('one', '  provider: own\n  components: [shop]\n'),
    ...component('shop', `  namespace: shop\n${spec}`, files),
  });
  return proveServedVersions(rendered).map(({ code, message }) => `${code}: ${message}`);
}

const refused = 'prove/unserved-version: Widget shop/a is of example.com/v1beta1, which nobody serves';

test('a version that the definition of the tree no longer serves is refused', () => {
  const files = { 'install/widget.yaml': widget };
  expect(found('', { ...files, 'install/crd.yaml': crd(['v1', true], ['v1beta1', false]) })).toEqual([refused]);
  expect(found('', { ...files, 'install/crd.yaml': crd(['v1', true], ['v1beta1', true]) })).toEqual([]);
});

test('a definition that cannot be seen serves what its component declares, and nothing is known without that', () => {
  const files = { 'install/widget.yaml': widget };
  const chart = '  helm: {repository: https://charts.example.com, chart: shop, version: 1.0.0}\n';
  expect(found(`${chart}  provides: {crds: [{name: widgets.example.com, versions: [v1]}]}\n`, files)).toEqual([
    refused,
  ]);
  expect(found(`${chart}  provides: {crds: [widgets.example.com]}\n`, files)).toEqual([]);
});

test('a declaration is held against the definition', () => {
  const spec = '  provides: {crds: [{name: widgets.example.com, versions: [v1, v2]}]}\n';
  expect(found(spec, { 'install/crd.yaml': crd(['v1', true]) })).toEqual([
    'prove/not-provided: widgets.example.com is declared to serve v2, which it does not',
  ]);
});

test('a program that reads a version which nobody serves is a finding of its component', () => {
  const requires = '  requires: {apis: [{group: example.com, version: v1alpha2, kind: Widget, source: its notes}]}\n';
  expect(found(requires, { 'install/crd.yaml': crd(['v1', true]) })).toEqual([
    'prove/unserved-version: component "shop" reads Widget of example.com in version v1alpha2, which nobody serves',
  ]);
});
