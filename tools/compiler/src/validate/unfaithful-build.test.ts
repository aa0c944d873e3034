import fc from 'fast-check';
import { expect, test } from 'vitest';
import { renderWithEngines } from '../../test/render-with-engines.ts';
import { cluster, component, type Files, resolveFiles } from '../../test/sample-workspace.ts';
import { objectText } from '../assemble/object-text.ts';
import { openEngines } from '../engines/engines.ts';
import { validateCluster } from './validate-cluster.ts';

const engines = openEngines();

const configMap = (name: string, more = ''): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n${more}data:\n  a: b\n`;
const kustomization = (text: string): string =>
  `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n${text}`;

test('a folder gives what it holds', async () => {
  expect(await check({ 'install/a.yaml': configMap('a'), 'configure/b.yaml': configMap('b') })).toEqual([]);
});

test('an object that kustomize leaves out is found', async () => {
  const local = '  annotations: {config.kubernetes.io/local-config: "true"}\n';
  expect(await check({ 'install/a.yaml': configMap('a', local) })).toEqual([
    'validate/unfaithful-build: kustomize leaves ConfigMap shop/a out, so Flux would never apply it',
  ]);
});

test('empty labels and annotations, which kustomize leaves out, are the same', async () => {
  expect(await check({ 'install/a.yaml': configMap('a', '  annotations: {}\n  labels:\n') })).toEqual([]);
});

test('a base is what kustomize makes of it: all checks see the built objects', async () => {
  const { resources } = await rendered({
    'kustomize/kustomization.yaml': kustomization(
      'namespace: shop\nnamePrefix: web-\nresources: [a.yaml]\nconfigMapGenerator: [{name: g, literals: [x=y]}]\npatches:\n- target: {kind: ConfigMap}\n  patch: |\n    - {op: add, path: /data/c, value: d}\n',
    ),
    'kustomize/a.yaml': configMap('a'),
  });
  const built = resources.filter(({ copied }) => copied);
  expect(built.map(({ name, namespace, path }) => [name, namespace, path])).toEqual([
    ['web-a', 'shop', 'components/web/install/kustomize/a.yaml'],
    [expect.stringMatching(/^web-g-[a-z0-9]{10}$/), 'shop', 'components/web/install/kustomize/kustomization.yaml'],
  ]);
  expect(built[0]?.object.data).toEqual({ a: 'b', c: 'd' });
  expect(built[0]?.origin.trace(['data', 'a']).span).toMatchObject({
    file: 'components/web/kustomize/a.yaml',
    start: { line: 6 },
  });
});

test('two objects of bases that end up with one name are found', async () => {
  const found = await check({
    'kustomize/kustomization.yaml': kustomization('namespace: shop\nnamePrefix: web-\nresources: [a.yaml]\n'),
    'kustomize/a.yaml': configMap('a'),
    'install/a.yaml': configMap('web-a'),
  });
  expect(found[0]).toBe('validate/duplicate-object: ConfigMap shop/web-a comes from two places');
});

test('what kustomize cannot build points at the file', async () => {
  const { diagnostics } = await compiled({
    'kustomize/kustomization.yaml': kustomization(
      'namespace: shop\nresources: [a.yaml]\npatches:\n- target: {kind: ConfigMap}\n  patch: |\n    - {op: replace, path: /spec/x, value: d}\n',
    ),
    'kustomize/a.yaml': configMap('a'),
  });
  expect(diagnostics).toMatchObject([
    {
      code: 'render/invalid-kustomization',
      message:
        'kustomize cannot build components/web/kustomize: replace operation does not apply: doc is missing path: /spec/x: missing value',
      primary: { file: 'components/web/kustomize/kustomization.yaml', start: { line: 5, column: 1 } },
    },
  ]);
});

test('an object that a folder holds twice is told once', async () => {
  expect(await check({ 'install/a.yaml': configMap('a'), 'install/b.yaml': configMap('a') })).toEqual([
    'validate/duplicate-object: ConfigMap shop/a comes from two places',
  ]);
});

test('a base without a change is told where it was copied from', async () => {
  const files = {
    'kustomize/kustomization.yaml': kustomization('namespace: shop\nresources: [a.yaml]\nresorces: [b.yaml]\n'),
    'kustomize/a.yaml': configMap('a', '  namespace: shop\n'),
  };
  expect(await check(files)).toEqual([
    'render/invalid-kustomization: kustomize cannot build components/web/kustomize: unknown field "resorces"',
  ]);
});

test.each([
  ['a field of another type', 'images: x\n', 'cannot unmarshal string into Go struct field Kustomization.images', 5, 1],
  ['a patch that is not there', 'patches:\n- path: p.yaml\n', 'failed to get the patch file from path(p.yaml)', 6, 9],
  [
    'a replacement without a source',
    'replacements:\n- source: {kind: ConfigMap, name: z, fieldPath: data.x}\n  targets: [{select: {kind: ConfigMap}, fieldPaths: [data.y]}]\n',
    'nothing selected by',
    5,
    1,
  ],
])('%s is pointed at', async (_, text, message, line, column) => {
  const { diagnostics } = await compiled({
    'kustomize/kustomization.yaml': kustomization(`namespace: shop\nresources: [a.yaml]\n${text}`),
    'kustomize/a.yaml': configMap('a'),
  });
  const start = { line, column };
  const file = 'components/web/kustomize/kustomization.yaml';
  expect(diagnostics).toMatchObject([
    { message: expect.stringContaining(`cannot build components/web/kustomize: ${message}`), primary: { file, start } },
  ]);
});

test('kustomize reads from our YAML what we wrote', async () => {
  const key = fc.string({ minLength: 1, unit: 'grapheme' });
  const { value: data } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(
        'yes',
        'on',
        '1e3',
        '0x1',
        '~',
        'null',
        '2020-01-01',
        '1_000',
        '0b1',
        '.5',
        'y',
        '- a',
        'a: b',
        ' a',
        'a\n',
        '\n',
        '<<',
      ),
      fc.integer(),
      fc.boolean(),
      fc.array(tie('value')),
      fc.dictionary(key, tie('value')),
    ),
  }));
  await fc.assert(
    fc.asyncProperty(fc.array(data, { maxLength: 30 }), async (values) => {
      const object = { apiVersion: 'example.com/v1', kind: 'Any', metadata: { name: 'a' }, spec: { values } } as never;
      const files = { 'kustomization.yaml': 'resources: [a.yaml]\n', 'a.yaml': objectText(object, 'a.yaml.hbs') };
      const { objects } = await engines.render.build({ files });
      expect(objects[0]?.object).toEqual(JSON.parse(JSON.stringify(object)));
    }),
    { numRuns: 30 },
  );
});

async function compiled(files: Files) {
  const [resolved] = resolveFiles({
    ...component('web', '  namespace: shop\n', files),
    ...cluster('one', '  components: [web]\n'),
  });
  if (resolved === undefined) throw new Error('no cluster');
  return renderWithEngines(resolved, engines);
}

async function rendered(files: Files) {
  const { value, diagnostics } = await compiled(files);
  expect(diagnostics).toEqual([]);
  return value;
}

async function check(files: Files): Promise<string[]> {
  const found = await validateCluster(await rendered(files), engines);
  return found.map(({ code, message }) => `${code}: ${message}`);
}
