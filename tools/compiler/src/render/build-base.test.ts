import { describe, expect, test } from 'vitest';
import { renderWithEngines } from '../../test/render-with-engines.ts';
import { cluster, component, resolveFiles } from '../../test/sample-workspace.ts';
import { parsePath } from '../assemble/value-path.ts';
import { openEngines } from '../engines/engines.ts';
import { explainObject } from '../explain/explain-object.ts';

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 1
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: web
          image: web:1
          args: [a]
`;
const head = 'namespace: shop\nresources: [deployment.yaml]\n';
const merge = (text: string) => `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n${text}`;
const indented = (text: string) => text.replace(/^/gm, '      ');

describe('a value that a kustomization file sets is told there', () => {
  test.each<readonly [string, Readonly<Record<string, string>>, string, string]>([
    ['as the manifest says it', { kustomization: head }, 'spec.replicas', 'deployment.yaml:6'],
    [
      'replicas',
      { kustomization: `${head}replicas:\n- name: web\n  count: 3\n` },
      'spec.replicas',
      'kustomization.yaml:5',
    ],
    [
      'images',
      { kustomization: `${head}images:\n- name: web\n  newName: registry.example.com/web\n  newTag: "2"\n` },
      'spec.template.spec.containers[0].image',
      'kustomization.yaml:6',
    ],
    ['namespace', { kustomization: head }, 'metadata.namespace', 'kustomization.yaml:1'],
    ['namePrefix', { kustomization: `${head}namePrefix: my-\n` }, 'metadata.name', 'kustomization.yaml:3'],
    [
      'labels',
      { kustomization: `${head}labels:\n- includeSelectors: true\n  pairs:\n    team: blue\n` },
      'spec.selector.matchLabels.team',
      'kustomization.yaml:6',
    ],
    [
      'commonAnnotations',
      { kustomization: `${head}commonAnnotations:\n  a: b\n` },
      'metadata.annotations.a',
      'kustomization.yaml:4',
    ],
    [
      'a merge patch',
      { kustomization: `${head}patches:\n  - patch: |\n${indented(merge('  replicas: 3\n'))}\n` },
      'spec.replicas',
      'kustomization.yaml:10',
    ],
    [
      'a merge patch that puts a container before the others',
      {
        kustomization: `${head}patches:\n  - path: patch.yaml\n`,
        patch: merge('  template:\n    spec:\n      containers:\n        - name: side\n          image: side:1\n'),
      },
      'spec.template.spec.containers[0].image',
      'patch.yaml:10',
    ],
    [
      'what stands beside such a container',
      {
        kustomization: `${head}patches:\n  - path: patch.yaml\n`,
        patch: merge('  template:\n    spec:\n      containers:\n        - name: side\n          image: side:1\n'),
      },
      'spec.template.spec.containers[1].image',
      'deployment.yaml:15',
    ],
    [
      'the last of two patches',
      {
        kustomization: `${head}patches:\n  - path: patch.yaml\n  - target: {kind: Deployment}\n    patch: |\n      - op: replace\n        path: /spec/replicas\n        value: 3\n`,
        patch: merge('  replicas: 3\n'),
      },
      'spec.replicas',
      'kustomization.yaml:9',
    ],
    [
      'a patch for others does not count',
      {
        kustomization: `${head}patches:\n  - path: patch.yaml\n  - target: {kind: StatefulSet}\n    patch: |\n      - op: replace\n        path: /spec/replicas\n        value: 3\n`,
        patch: merge('  replicas: 3\n'),
      },
      'spec.replicas',
      'patch.yaml:6',
    ],
    [
      'an item that an operation adds',
      {
        kustomization: `${head}patches:\n  - target: {name: w.b}\n    patch: |-\n      - {op: add, path: /spec/template/spec/containers/0/args/-, value: b}\n`,
      },
      'spec.template.spec.containers[0].args[1]',
      'kustomization.yaml:6',
    ],
    [
      'a replacement',
      {
        kustomization: `${head}replacements:\n  - source: {kind: Deployment, name: web, fieldPath: metadata.name}\n    targets:\n      - select: {kind: Deployment}\n        fieldPaths:\n          - spec.template.spec.containers.[name=web].args.0\n`,
      },
      'spec.template.spec.containers[0].args[0]',
      'kustomization.yaml:8',
    ],
    [
      'the outer of two kustomization files',
      {
        kustomization: 'resources: [inner]\nreplicas:\n  - {name: web, count: 4}\n',
        'inner/kustomization': `${head}replicas:\n  - {name: web, count: 3}\n`,
        'inner/deployment': deployment,
      },
      'spec.replicas',
      'kustomization.yaml:3',
    ],
    [
      'a component',
      {
        kustomization: `${head}components: [more]\n`,
        'more/kustomization':
          'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nreplicas:\n  - {name: web, count: 3}\n',
      },
      'spec.replicas',
      'more/kustomization.yaml:4',
    ],
  ])('%s', async (_, files, path, place) => {
    expect(await explained(files, 'Deployment', path)).toEqual(`components/web/kustomize/${place}`);
  });

  test('a literal of a generator', async () => {
    const kustomization = `${head}configMapGenerator:\n  - name: settings\n    literals:\n      - a=b\n      - c=d\n`;
    expect(await explained({ kustomization }, 'ConfigMap', 'data.c')).toBe(
      'components/web/kustomize/kustomization.yaml:7',
    );
  });
});

async function explained(files: Readonly<Record<string, string>>, kind: string, path: string): Promise<string> {
  const all = Object.entries({ deployment, ...files });
  const base = all.map(([name, text]) => [`kustomize/${name}.yaml`, text] as const);
  const [resolved] = resolveFiles({
    ...component('web', '  namespace: shop\n', Object.fromEntries(base)),
    ...cluster('one', '  components: [web]\n'),
  });
  if (resolved === undefined) throw new Error('no cluster');
  using engines = openEngines();
  const { value, diagnostics } = await renderWithEngines(resolved, engines);
  expect(diagnostics).toEqual([]);
  const resource = value.resources.find((each) => each.copied && each.kind === kind);
  if (resource === undefined) throw new Error(`no ${kind}`);
  const [found] = explainObject(value, resource, parsePath(path)).values;
  return `${found?.template.file}:${found?.template.start?.line}`;
}
