import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isObject, type JsonObject, type JsonValue, valueAt } from '@fluxwright/documents';
import { loadWorkspace } from '@fluxwright/model';
import clusterSchema from '@fluxwright/model/schemas/cluster.schema.json' with { type: 'json' };
import defaultsSchema from '@fluxwright/model/schemas/cluster-defaults.schema.json' with { type: 'json' };
import componentSchema from '@fluxwright/model/schemas/component.schema.json' with { type: 'json' };
import testSchema from '@fluxwright/model/schemas/component-test.schema.json' with { type: 'json' };
import productSchema from '@fluxwright/model/schemas/product.schema.json' with { type: 'json' };
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readComponentTest } from '../../model/src/cases/component-test.ts';
import { readManifest } from '../../model/src/load/manifest.ts';
import { bundleSchema } from '../src/schema-wiring/bundle-schema.ts';
import { findEffect } from '../src/schema-wiring/find-effect.ts';
import { placesOf, propertiesOf } from '../src/schema-wiring/manifest-mutants.ts';
import { type Observed, type ObservedPart, testTexts } from '../src/schema-wiring/observe-workspace.ts';
import { openWiredWorkspace, type WiredWorkspace } from '../src/schema-wiring/wired-workspace.ts';

type Kind = 'component' | 'product' | 'cluster' | 'cluster-defaults' | 'component-test';

const others = { 'cluster.schema.json': clusterSchema as JsonObject };
const schemas: Readonly<Record<Kind, JsonObject>> = {
  component: bundleSchema(componentSchema as unknown as JsonObject, {}),
  product: bundleSchema(productSchema as JsonObject, {}),
  cluster: bundleSchema(clusterSchema as JsonObject, {}),
  'cluster-defaults': bundleSchema(defaultsSchema as JsonObject, others),
  'component-test': bundleSchema(testSchema as JsonObject, others),
};

const files: Readonly<Record<Kind, RegExp>> = {
  component: /\/component\.yaml$/,
  product: /\/product\.yaml$/,
  cluster: /\/cluster\.yaml$/,
  'cluster-defaults': /^clusters\/defaults\.yaml$/,
  'component-test': /\/tests\/[^/]+\.yaml$/,
};

/** What people read and nothing else does: where its text appears. */
const prose: Readonly<Partial<Record<Kind, Readonly<Record<string, ObservedPart>>>>> = {
  component: {
    'spec.title': 'explain',
    'spec.description': 'explain',
    'spec.category': 'capacity',
    'spec.homepage': 'readme',
    'spec.license': 'readme',
    'spec.supports.kubernetes.source': 'finding',
    'spec.supports.kubernetes.also.because': 'finding',
    'spec.supports.flux.source': 'finding',
    'spec.supports.flux.also.because': 'finding',
    'spec.supports.components[*].source': 'finding',
    'spec.supports.components[*].also.because': 'finding',
    'spec.reloads[*].source': 'explain',
    'spec.provides.services[*].reloads[*].source': 'explain',
    'spec.images[*].source': 'images',
    'spec.requires.apis[*].source': 'finding',
    'spec.requires.components[*].because': 'graph',
    'spec.requires.capabilities[*].because': 'graph',
    'spec.configure.requires.apis[*].source': 'finding',
    'spec.configure.requires.components[*].because': 'graph',
    'spec.configure.requires.capabilities[*].because': 'graph',
    'spec.provides.privatePaths[*].because': 'finding',
    'spec.requires.services[*].because': 'graph',
    'spec.requires.services[*].reloads.source': 'explain',
    'spec.provides.services[*].requires.capabilities[*].because': 'graph',
    'spec.provides.services[*].requires.services[*].because': 'graph',
    'spec.provides.services[*].requires.services[*].reloads.source': 'explain',
  },
  product: {
    'spec.title': 'finding',
    'spec.description': 'finding',
    'spec.choices[*].description': 'finding',
    'spec.choices[*].options[*].title': 'finding',
    'spec.choices[*].options[*].description': 'finding',
  },
  'component-test': { 'spec.description': 'test' },
};

/** What needs more than one workspace to be seen, such as an older chart or policies that refuse: the case of a diagnostic that says it. */
const inCases: Readonly<Partial<Record<Kind, Readonly<Record<string, string>>>>> = {
  component: {
    'spec.pair.ways': 'resolve/no-way',
    'spec.provides.services[*].pair.ways': 'resolve/no-way',
    'spec.provides.webhooks[*].by': 'validate/policy-lockout.lone',
    'spec.upgrades[*].from': 'change/skipped-release',
    'spec.upgrades[*].source': 'change/skipped-release',
    'spec.upgrades[*].through': 'change/skipped-release',
  },
};

let wired: WiredWorkspace;
/** What users see of it as it stands. */
let seen: readonly Observed[];
beforeAll(async () => {
  wired = await openWiredWorkspace();
  seen = await collect(wired.observe());
});
afterAll(() => wired.close());

describe.each(Object.keys(schemas) as Kind[])('of %s', (kind) => {
  it('each property does something', async () => {
    const idle = Object.entries(await idleProperties(kind, manifestsFor(kind)));
    expect(Object.fromEntries(idle.filter(([name]) => inCases[kind]?.[name] === undefined))).toEqual({});
  });

  it.each(Object.entries(inCases[kind] ?? {}))('%s does something in the case %s', (name, of) => {
    const file = path.join(import.meta.dirname, '../fixtures/diagnostics', `${of}.txtar`);
    expect(readFileSync(file, 'utf8')).toMatch(new RegExp(`\\b${name.split('.').at(-1)}:`));
  });

  it.each(Object.entries(prose[kind] ?? {}))('%s is printed (%s)', (name, part) => {
    const property = propertiesOf(schemas[kind]).find((each) => each.name === name);
    if (property === undefined) throw new Error(`the schema of ${kind} has no ${name}`);
    const texts = [...wired.manifests]
      .filter(([file]) => files[kind].test(file))
      .flatMap(([, manifest]) => placesOf(property, manifest).map((place) => String(valueAt(manifest, place))));
    const printed = seen.filter((each) => each.part === part).map(({ text }) => text);
    const said = printed.join('\n').toLowerCase();
    expect(texts.filter((text) => said.includes(text.toLowerCase().replace(/\.$/, '')))).not.toEqual([]);
  });
});

/** The workspace as it stands; for defaults with all that one cluster says moved there. */
function manifestsFor(kind: Kind): ReadonlyMap<string, JsonObject> {
  if (kind !== 'cluster-defaults') return wired.manifests;
  const [defaults, rich] = ['clusters/defaults.yaml', 'clusters/rich/cluster.yaml'];
  return new Map([
    ...wired.manifests,
    [defaults, { ...wired.manifests.get(defaults), spec: wired.manifests.get(rich)?.spec as JsonValue }],
    [rich, { ...wired.manifests.get(rich), spec: {} }],
  ]);
}

async function idleProperties(
  kind: Kind,
  manifests: ReadonlyMap<string, JsonObject>,
): Promise<Readonly<Record<string, string>>> {
  for (const [file, manifest] of manifests) wired.write(file, manifest);
  const observe = (): AsyncGenerator<Observed> =>
    kind === 'component-test' ? testTexts(loadWorkspace(wired.root).value, wired.context) : wired.observe();
  const read = (file: string, text: string) =>
    kind === 'component-test' ? readComponentTest(file, text) : readManifest(kind, file, text);
  const trial = {
    schema: schemas[kind],
    manifests: [...manifests].filter(([file]) => files[kind].test(file)),
    isValid: (file: string, manifest: JsonObject) => isObject(read(file, JSON.stringify(manifest)).value as never),
    write: wired.write,
    observe,
    base: await collect(observe()),
  };
  const idle: Record<string, string> = {};
  try {
    for (const property of propertiesOf(schemas[kind])) {
      const effect = await findEffect(property, trial);
      if (effect === 'nothing' || effect === 'not set' || effect === 'no other value') idle[property.name] = effect;
    }
  } finally {
    for (const [file, manifest] of wired.manifests) wired.write(file, manifest);
  }
  return idle;
}

async function collect(from: AsyncGenerator<Observed>): Promise<readonly Observed[]> {
  const all: Observed[] = [];
  for await (const each of from) all.push(each);
  return all;
}
