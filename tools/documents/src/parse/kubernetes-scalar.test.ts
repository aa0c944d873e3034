import fc from 'fast-check';
import { createRenderer } from 'flux-render-wasm';
import { afterAll, describe, expect, test } from 'vitest';
import { kubernetesKey, kubernetesScalar, type YamlReader } from './kubernetes-scalar.ts';

const renderer = await createRenderer({ size: 1 });
afterAll(() => renderer.close());

const words = 'y yes n no on off true false null ~ nil none t f o'
  .split(' ')
  .flatMap((word) => [
    word,
    word.toUpperCase(),
    word.replace(/^./, (first) => first.toUpperCase()),
    word.replace(/(?<=.)./g, (each) => each.toUpperCase()),
  ]);
const numbers = [
  ...'0 00 0444 0640 08 09 010 -010 +010 0o14 0O14 0o8 0b1 0B1 -0b1 0b2 0x1F 0X1f -0x1f +1 -1 1_000 0_7 1__0 _1 1_ 0x_1'.split(
    ' ',
  ),
  ...'1:30 190:20:30 1:30.5 1e3 1E3 1e+3 1.5e-3 .5 5. -.5 +.5 1. 1.5 1.50 1_0.5 1.1.1 1e e1 0.0 12e03 0e0 10m 1Gi'.split(
    ' ',
  ),
  ...'0x 0b + . --1 9007199254740991 2001-12-14 2001-1-2 2001-12-14T21:59:43Z 1234-5 12345-6 0777_ 1,000 0.1e1_0 017_7'.split(
    ' ',
  ),
  '2001-12-14 21:59:43',
];

const readers = ['kustomize', 'helm'] as const;

describe.each(readers)('%s', (reader) => {
  test('reads plain scalars as we say', async () => {
    const texts = [...new Set([...words, ...numbers])];
    expect(texts.map((text) => [text, kubernetesScalar(text, reader)])).toEqual(await native(texts, reader));
  });

  test('reads whatever looks like a number as we say', async () => {
    const characters = '0123456789_+-.eExXoObB:abfF'.split('');
    const text = fc.string({ unit: fc.constantFrom(...characters), minLength: 1, maxLength: 8 });
    const scalar = text.filter((each) => !/^[-?:]( |$)|^[-?:]$|:$|^[.-]*$|^---|^\.\.\.|^:/.test(each));
    await fc.assert(
      fc.asyncProperty(fc.array(scalar, { minLength: 200, maxLength: 400 }), async (texts) => {
        const said = texts.map((each) => [each, kubernetesScalar(each, reader)] as const);
        const inJson = said.filter(([, value]) => typeof value !== 'number' || Number.isFinite(value));
        const found = await native(
          inJson.map(([each]) => each),
          reader,
        );
        expect(inJson).toEqual(found);
      }),
      { numRuns: 6, endOnFailure: true },
    );
  });

  test('reads plain keys as we say', async () => {
    const texts = [...new Set([...words, ...numbers])].filter((text) => kubernetesKey(text, reader) !== undefined);
    const objects = await build(
      texts.map((text) => `  ${text}: x`),
      reader,
    );
    expect(texts.map((text) => [text, kubernetesKey(text, reader)])).toEqual(
      texts.map((text, index) => [text, Object.keys(objects[index] as object)[0]]),
    );
  });
});

async function native(texts: readonly string[], reader: YamlReader): Promise<unknown[]> {
  const [values] = (await build([texts.map((text) => `  - ${text}`).join('\n')], reader)) as [unknown[]];
  // JSON has a zero with a sign, Kubernetes has none.
  return texts.map((text, index) => [text, values[index] === 0 ? 0 : values[index]]);
}

/** What the engine of kustomize-controller, or Helm's, makes of each `spec`. */
async function build(specs: readonly string[], reader: YamlReader): Promise<unknown[]> {
  const texts = specs.map(
    (spec, index) =>
      `apiVersion: example.com/v1\nkind: Any\nmetadata: {name: a${String(index).padStart(4, '0')}}\nspec:\n${spec}\n`,
  );
  if (reader === 'kustomize') {
    const files = { 'kustomization.yaml': 'resources: [a.yaml]\n', 'a.yaml': texts.join('---\n') };
    return (await renderer.build({ files })).objects.map(({ object }) => object.spec);
  }
  const chart = {
    'Chart.yaml': 'apiVersion: v2\nname: a\nversion: 1.0.0\n',
    ...Object.fromEntries(texts.map((text, index) => [`templates/a${String(index).padStart(4, '0')}.yaml`, text])),
  };
  const { objects } = await renderer.template({
    chart: { files: chart },
    release: { name: 'a', namespace: 'a' },
    kubernetesVersion: '1.36.0',
    apiVersions: [],
  });
  return objects.map(({ object }) => object.spec);
}
