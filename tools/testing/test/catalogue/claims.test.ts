import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { kubeconformSchemas, loadSchemas } from '@fluxwright/kubernetes-schemas';
import { Ajv, type ValidateFunction } from 'ajv';
import { createRenderer, type Renderer } from 'flux-render-wasm';
import { createValidator, type Validator } from 'kubeconform-wasm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseAllDocuments, stringify } from 'yaml';
import { customResourceCheck } from '../../src/catalogue/custom-resources.ts';
import { findReference } from '../../src/catalogue/reference.ts';

// components/<name>/docs/claims/<case>.yaml: a claim, and below it what its composition makes of it. The templates are those of the sample
// clusters, run by Helm's engine: what function-go-templating adds to Go's templates are Sprig's functions, toYaml, fromYaml and
// include, as Helm does, and `missingkey`. `npx vitest run claims -u` writes what is made; read it.

type Map = Record<string, unknown>;

interface Definition {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly scope: string;
    readonly versions: readonly { readonly name: string; readonly schema: { readonly openAPIV3Schema: Map } }[];
  };
}

interface Composition {
  readonly spec: {
    readonly compositeTypeRef: { readonly apiVersion: string; readonly kind: string };
    readonly pipeline: readonly {
      readonly input?: { readonly delims: { left: string; right: string }; readonly inline: { template: string } };
    }[];
  };
}

interface Composed extends Map {
  readonly metadata?: { readonly annotations?: Record<string, string> };
}

const root = path.resolve(import.meta.dirname, '../../../..');
const folder = findReference(root)?.folder;
const reference = folder === undefined ? undefined : customResourceCheck(folder);
const nameOfResource = 'gotemplating.fn.crossplane.io/composition-resource-name';
const documentsOf = (file: string) => parseAllDocuments(readFileSync(file, 'utf8')).map((each) => each.toJS() as Map);
const generated = (pattern: string) => globSync(`generated/*/components/*/*/${pattern}-*.yaml`, { cwd: root }).sort();
const definitions = generated('compositeresourcedefinition').flatMap((file) => documentsOf(path.join(root, file)));
const compositions = generated('composition').flatMap((file) => documentsOf(path.join(root, file)));
const cases = globSync('components/*/docs/claims/*.yaml', { cwd: root }).sort();

let renderer: Renderer;
let validator: Validator;
beforeAll(async () => {
  renderer = await createRenderer();
  const schemas = loadSchemas({ kubernetesVersion: '1.36' });
  validator = await createValidator({ strict: true, trustSchemas: true, ...kubeconformSchemas(schemas) });
}, 120_000);
afterAll(async () => {
  await renderer.close();
});

test('there are claims, and each composite kind has one', () => {
  const claimed = new Set(cases.map((file) => kindOf(documentsOf(path.join(root, file))[0] ?? {})));
  expect([...new Set(compositions.map((each) => typeOf(each as unknown as Composition)))].sort()).toEqual(
    [...claimed].sort(),
  );
});

test.each(cases)(
  'what %s comes to',
  async (file) => {
    const text = readFileSync(path.join(root, file), 'utf8');
    const [claim = {}] = documentsOf(path.join(root, file));
    const definition = definitions.find((each) => kindsOf(each as unknown as Definition).includes(kindOf(claim)));
    const validate = validatorOf(definition as unknown as Definition);
    const composite = structuredClone(claim);
    expect(validate(composite), JSON.stringify(validate.errors)).toBe(true);
    const objects = await compose(composite);
    const composed = objects.filter(({ metadata }) => metadata?.annotations?.[nameOfResource] !== undefined);
    // What an API server would say of each; the status of the claim itself is no object of its own.
    expect(await faultsOf(composed)).toEqual([]);
    expect(new Set(composed.map(({ metadata }) => metadata?.annotations?.[nameOfResource])).size).toBe(composed.length);
    const made = objects.map((each) => stringify(each, { lineWidth: 0 }));
    const whole = [
      text.split(/^# What it comes to:$/m)[0],
      '# What it comes to:\n',
      ...made.flatMap((each) => ['---\n', each]),
    ].join('');
    await expect(whole).toMatchFileSnapshot(path.join(root, file));
  },
  60_000,
);

test('a claim that names no class of the cluster is refused', () => {
  const validate = validatorOf(
    definitions.find((each) =>
      kindsOf(each as unknown as Definition)[0]?.endsWith('Database'),
    ) as unknown as Definition,
  );
  expect(validate({ spec: { class: 'huge' } })).toBe(false);
  expect(validate({ spec: { clas: 'small' } })).toBe(false);
});

function kindOf({ apiVersion, kind }: Map): string {
  return `${apiVersion}/${kind}`;
}

function typeOf({ spec }: Composition): string {
  return kindOf(spec.compositeTypeRef as unknown as Map);
}

function kindsOf({ spec }: Definition): string[] {
  return spec.versions.map(({ name }) => `${spec.group}/${name}/${spec.names.kind}`);
}

/** Sets the defaults of the definition, as the API server does, and refuses what it would drop. */
function validatorOf({ spec }: Definition): ValidateFunction {
  const schema = spec.versions[0]?.schema.openAPIV3Schema as unknown as { properties: { spec: Map } };
  const ajv = new Ajv({ strict: false, useDefaults: true });
  return ajv.compile({
    type: 'object',
    // Crossplane takes no default of it (pkg/xcrd/crd.go of crossplane-runtime v2.3.4).
    required: ['spec'],
    properties: { spec: { ...schema.properties.spec, additionalProperties: false } },
  });
}

async function compose(composite: Map): Promise<Composed[]> {
  const composition = compositions.find((each) => typeOf(each as unknown as Composition) === kindOf(composite));
  const input = (composition as unknown as Composition).spec.pipeline[0]?.input;
  if (input === undefined) throw new Error(`no template composes ${kindOf(composite)}`);
  const template = input.inline.template.replaceAll(input.delims.left, '{{').replaceAll(input.delims.right, '}}');
  const { objects } = await renderer.template({
    chart: {
      files: {
        'Chart.yaml': 'apiVersion: v2\nname: composition\nversion: 1.0.0\n',
        'templates/all.yaml': `{{- with .Values }}\n${template}{{- end }}\n`,
      },
    },
    values: { observed: { composite: { resource: composite } } },
    release: { name: 'composition', namespace: 'default' },
    kubernetesVersion: '1.36.0',
    apiVersions: ['v1'],
  });
  return objects.map(({ object }) => object as unknown as Composed);
}

/** Crossplane names what has no name, and puts it into the namespace of its claim. */
async function faultsOf(objects: readonly Composed[]): Promise<string[]> {
  const named = objects.map((each) => ({ ...each, metadata: { name: 'named-by-crossplane', ...each.metadata } }));
  const results = await validator.validate(named as never);
  return results.flatMap(({ kind, status, violations }, index) => {
    if (status === 'valid') return [];
    const object = named[index] as unknown as { apiVersion: string; kind: string };
    // The kinds of a provider's package are in the reference alone, which lies beside the repository or not.
    const known = status === 'error' && violations.length === 0 ? reference?.findings(object) : undefined;
    if (known !== undefined) return known.map((finding) => `${kind}: ${finding}`);
    return status === 'error' && reference === undefined ? [] : [`${kind}: ${status} ${JSON.stringify(violations)}`];
  });
}
