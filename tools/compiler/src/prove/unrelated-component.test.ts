import { expect, test } from 'vitest';
import { cluster, component, type Files, renderFiles } from '../../test/sample-workspace.ts';

const config = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {a: b}\n';
const widget = 'apiVersion: widgets.example.com/v1\nkind: Widget\nmetadata: {name: a}\n';
const chart = '  helm: {repository: https://charts.example.com, chart: a, version: 1.0.0}\n';
const base: Files = {
  ...component('operator', `  namespace: operator\n${chart}  provides: {crds: [widgets.widgets.example.com]}\n`),
  ...component('shop', '  namespace: shop\n', { 'install/config.yaml': config, 'configure/widget.yaml': widget }),
};

test.each([
  ['that makes objects of the same names in its own namespace', '', { 'install/config.yaml': config }],
  ['that uses the same operator', '', { 'install/widget.yaml': widget }],
  ['that waits for another', '  after: [shop]\n', { 'install/config.yaml': config }],
  ['whose name comes first', '  requires: {components: [operator]}\n', { 'install/config.yaml': config }],
  ['that provides other kinds', '  provides: {crds: [things.other.example.com]}\n', { 'install/config.yaml': config }],
])('a further component %s changes no object of the others', (_, spec, files) => {
  const before = objectsOf({ ...base, ...one('operator', 'shop') });
  for (const name of ['aaa', 'zzz']) {
    const added = component(name, `  namespace: ${name}\n${spec}`, files);
    const after = objectsOf({ ...base, ...added, ...one('operator', 'shop', name) });
    for (const [path, object] of before) expect(after.get(path), path).toBe(object);
    expect(after.size).toBeGreaterThan(before.size);
  }
});

function one(...names: string[]): Files {
  return cluster('one', `  provider: own\n  components: [${names.join(', ')}]\n`);
}

function objectsOf(files: Files): ReadonlyMap<string, string> {
  return new Map(renderFiles(files).resources.map(({ path, object }) => [path, JSON.stringify(object)]));
}
